/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-text"

#include "text/lykta-plural-rule.h"

#include <string.h>

/* The expression is C's, on unsigned numbers and one variable. It is read into a tree in one array,
 * children before parents, so that selecting neither allocates nor can run in circles. */

#define MAX_FORMS 16
#define MAX_NODES 128
#define MAX_DEPTH 32

typedef enum {
  OPERATOR_NUMBER,
  OPERATOR_N,
  OPERATOR_NOT,
  OPERATOR_MULTIPLY,
  OPERATOR_DIVIDE,
  OPERATOR_REMAINDER,
  OPERATOR_ADD,
  OPERATOR_SUBTRACT,
  OPERATOR_LESS,
  OPERATOR_GREATER,
  OPERATOR_LESS_EQUAL,
  OPERATOR_GREATER_EQUAL,
  OPERATOR_EQUAL,
  OPERATOR_UNEQUAL,
  OPERATOR_AND,
  OPERATOR_OR,
  OPERATOR_CHOOSE,
} Operator;

typedef struct {
  guint8 operator;
  gint16 child[3]; /* -1: none */
  gulong number;
} Node;

struct _LyktaPluralRule {
  guint n_forms;
  guint n_nodes;
  gint16 root;
  Node nodes[MAX_NODES];
};

typedef struct {
  const char *next;
  guint depth;
  LyktaPluralRule *rule;
} Parser;

/* Tighter binding comes later; longer spellings before their beginnings. */
static const struct {
  const char *spelling;
  guint8 operator;
  guint8 level;
} binary_operators[] = {
    {"||", OPERATOR_OR, 0},       {"&&", OPERATOR_AND, 1},        {"==", OPERATOR_EQUAL, 2},
    {"!=", OPERATOR_UNEQUAL, 2},  {"<=", OPERATOR_LESS_EQUAL, 3}, {">=", OPERATOR_GREATER_EQUAL, 3},
    {"<", OPERATOR_LESS, 3},      {">", OPERATOR_GREATER, 3},     {"+", OPERATOR_ADD, 4},
    {"-", OPERATOR_SUBTRACT, 4},  {"*", OPERATOR_MULTIPLY, 5},    {"/", OPERATOR_DIVIDE, 5},
    {"%", OPERATOR_REMAINDER, 5},
};

#define TIGHTEST_LEVEL 5

static gint16 parse_choice (Parser *parser);

static gint16
add_node (Parser *parser, Operator operator, gulong number, gint16 a, gint16 b, gint16 c)
{
  LyktaPluralRule *rule = parser->rule;

  if (rule->n_nodes >= MAX_NODES)
    return -1;
  rule->nodes[rule->n_nodes] =
      (Node){.operator= (guint8) operator, .child = {a, b, c}, .number = number};
  return (gint16)rule->n_nodes++;
}

static void
skip_space (Parser *parser)
{
  while (g_ascii_isspace (*parser->next))
    parser->next++;
}

static gboolean
accept (Parser *parser, const char *spelling)
{
  skip_space (parser);
  if (!g_str_has_prefix (parser->next, spelling))
    return FALSE;
  parser->next += strlen (spelling);
  return TRUE;
}

static gint16
parse_number (Parser *parser)
{
  gulong number = 0;

  for (; g_ascii_isdigit (*parser->next); parser->next++) {
    if (number > 100000000)
      return -1;
    number = number * 10 + (gulong)(*parser->next - '0');
  }
  return add_node (parser, OPERATOR_NUMBER, number, -1, -1, -1);
}

static gint16
parse_operand (Parser *parser)
{
  gint16 inner = -1;

  skip_space (parser);
  if (g_ascii_isdigit (*parser->next))
    return parse_number (parser);
  if (accept (parser, "n"))
    return add_node (parser, OPERATOR_N, 0, -1, -1, -1);
  if (parser->depth >= MAX_DEPTH)
    return -1;
  parser->depth++;
  if (accept (parser, "!")) {
    inner = parse_operand (parser);
    if (inner >= 0)
      inner = add_node (parser, OPERATOR_NOT, 0, inner, -1, -1);
  } else if (accept (parser, "(")) {
    inner = parse_choice (parser);
    if (inner >= 0 && !accept (parser, ")"))
      inner = -1;
  }
  parser->depth--;
  return inner;
}

static int
accept_binary (Parser *parser, guint8 level)
{
  for (gsize i = 0; i < G_N_ELEMENTS (binary_operators); i++) {
    if (binary_operators[i].level == level && accept (parser, binary_operators[i].spelling))
      return binary_operators[i].operator;
  }
  return -1;
}

static gint16
parse_binary (Parser *parser, guint8 level)
{
  gint16 left;

  if (level > TIGHTEST_LEVEL)
    return parse_operand (parser);
  left = parse_binary (parser, level + 1);
  while (left >= 0) {
    int operator= accept_binary (parser, level);
    gint16 right;

    if (operator<0)
      return left;
    right = parse_binary (parser, level + 1);
    if (right < 0)
      return -1;
    left = add_node (parser, (Operator) operator, 0, left, right, -1);
  }
  return -1;
}

static gint16
parse_choice (Parser *parser)
{
  gint16 condition, yes, no;

  if (parser->depth >= MAX_DEPTH)
    return -1;
  parser->depth++;
  condition = parse_binary (parser, 0);
  if (condition >= 0 && accept (parser, "?")) {
    yes = parse_choice (parser);
    no = yes >= 0 && accept (parser, ":") ? parse_choice (parser) : -1;
    condition = no >= 0 ? add_node (parser, OPERATOR_CHOOSE, 0, condition, yes, no) : -1;
  }
  parser->depth--;
  return condition;
}

static gboolean
parse_header (Parser *parser)
{
  guint n_forms = 0;

  if (!accept (parser, "nplurals") || !accept (parser, "="))
    return FALSE;
  skip_space (parser);
  while (g_ascii_isdigit (*parser->next) && n_forms <= MAX_FORMS)
    n_forms = n_forms * 10 + (guint)(*parser->next++ - '0');
  if (n_forms < 1 || n_forms > MAX_FORMS)
    return FALSE;
  if (!accept (parser, ";") || !accept (parser, "plural") || !accept (parser, "="))
    return FALSE;
  parser->rule->n_forms = n_forms;
  parser->rule->root = parse_choice (parser);
  accept (parser, ";");
  skip_space (parser);
  return parser->rule->root >= 0 && *parser->next == '\0';
}

LyktaPluralRule *
lykta_plural_rule_parse (const char *header)
{
  g_autoptr (LyktaPluralRule) rule = NULL;
  Parser parser = {0};

  g_return_val_if_fail (header != NULL, NULL);

  rule = g_new0 (LyktaPluralRule, 1);
  parser.next = header;
  parser.rule = rule;
  if (!parse_header (&parser))
    return NULL;
  return g_steal_pointer (&rule);
}

LyktaPluralRule *
lykta_plural_rule_new_english (void)
{
  return lykta_plural_rule_parse ("nplurals=2; plural=n != 1;");
}

void
lykta_plural_rule_free (LyktaPluralRule *self)
{
  g_free (self);
}

guint
lykta_plural_rule_get_n_forms (const LyktaPluralRule *self)
{
  g_return_val_if_fail (self != NULL, 1);

  return self->n_forms;
}

/* Divisions by zero give zero: a bad rule may choose a bad form but never stop the program. */
static gulong
calculate (guint8 operator, gulong a, gulong b)
{
  switch (operator) {
  case OPERATOR_MULTIPLY:
    return a * b;
  case OPERATOR_DIVIDE:
    return b != 0 ? a / b : 0;
  case OPERATOR_REMAINDER:
    return b != 0 ? a % b : 0;
  case OPERATOR_ADD:
    return a + b;
  case OPERATOR_SUBTRACT:
    return a - b;
  case OPERATOR_LESS:
    return a < b;
  case OPERATOR_GREATER:
    return a > b;
  case OPERATOR_LESS_EQUAL:
    return a <= b;
  case OPERATOR_GREATER_EQUAL:
    return a >= b;
  case OPERATOR_EQUAL:
    return a == b;
  case OPERATOR_UNEQUAL:
    return a != b;
  case OPERATOR_AND:
    return a != 0 && b != 0;
  case OPERATOR_OR:
    return a != 0 || b != 0;
  default:
    return 0;
  }
}

static gulong
evaluate (const LyktaPluralRule *self, gint16 index, gulong n)
{
  const Node *node = &self->nodes[index];

  switch (node->operator) {
  case OPERATOR_NUMBER:
    return node->number;
  case OPERATOR_N:
    return n;
  case OPERATOR_NOT:
    return evaluate (self, node->child[0], n) == 0;
  case OPERATOR_CHOOSE:
    return evaluate (self, node->child[evaluate (self, node->child[0], n) != 0 ? 1 : 2], n);
  default:
    return calculate (node->operator, evaluate (self, node->child[0], n),
                      evaluate (self, node->child[1], n));
  }
}

guint
lykta_plural_rule_select (const LyktaPluralRule *self, gulong n)
{
  gulong form;

  g_return_val_if_fail (self != NULL, 0);

  form = evaluate (self, self->root, n);
  return form < self->n_forms ? (guint)form : 0;
}
