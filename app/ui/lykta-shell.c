/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lykta-shell.h"

#include "ui/desk/lykta-certificate-view.h"
#include "ui/pages/lykta-about-page.h"
#include "ui/pages/lykta-activity-page.h"
#include "ui/pages/lykta-attract-page.h"
#include "ui/pages/lykta-days-page.h"
#include "ui/pages/lykta-home-page.h"
#include "ui/pages/lykta-language-page.h"
#include "ui/pages/lykta-list-page.h"
#include "ui/pages/lykta-places-page.h"
#include "ui/pages/lykta-take-away-page.h"
#include "ui/widgets/lykta-status-bar.h"
#include "ui/widgets/lykta-top-bar.h"
#include "ui/widgets/lykta-width-layout.h"

/* From this width on the bar has words beside its drawings and the list its filters beside it. */
#define WIDE_WIDTH   720
#define N_TEXT_SIZES 3

struct _LyktaShell {
  AdwBin parent_instance;

  /* template */
  LyktaTopBar *top_bar;
  GtkStack *stack;
  LyktaStatusBar *status_bar;

  /* owned */
  LyktaSurroundings *surroundings;

  /* borrowed */
  LyktaSession *session;
  LyktaWidthLayout *width_layout;
};

G_DEFINE_FINAL_TYPE (LyktaShell, lykta_shell, ADW_TYPE_BIN)

static const char *
name_of (LyktaScreen screen)
{
  static const char *const names[] = {"attract",     "language", "home",   "list",      "activity",
                                      "certificate", "days",     "places", "take-away", "about"};

  return names[screen];
}

static GtkWidget *
make_page (LyktaShell *self, LyktaScreen screen)
{
  switch (screen) {
  case LYKTA_SCREEN_ATTRACT:
    return lykta_attract_page_new (self->surroundings);
  case LYKTA_SCREEN_LANGUAGE:
    return lykta_language_page_new (self->surroundings);
  case LYKTA_SCREEN_HOME:
    return lykta_home_page_new (self->surroundings);
  case LYKTA_SCREEN_LIST:
    return lykta_list_page_new (self->surroundings);
  case LYKTA_SCREEN_ACTIVITY:
    return lykta_activity_page_new (self->surroundings);
  case LYKTA_SCREEN_DAYS:
    return lykta_days_page_new (self->surroundings);
  case LYKTA_SCREEN_PLACES:
    return lykta_places_page_new (self->surroundings);
  case LYKTA_SCREEN_TAKE_AWAY:
    return lykta_take_away_page_new (self->surroundings);
  case LYKTA_SCREEN_ABOUT:
    return lykta_about_page_new (self->surroundings);
  case LYKTA_SCREEN_CERTIFICATE:
  default:
    return lykta_certificate_view_new (self->surroundings);
  }
}

static void
drop_page (LyktaShell *self, LyktaScreen screen)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, name_of (screen));

  if (page != NULL)
    gtk_stack_remove (self->stack, page);
}

/* The list stays while something opened from it is in front, so that the way back is instant and
 * leads to the same row; everything else is cheap to make anew. */
static void
drop_pages_behind (LyktaShell *self, LyktaScreen in_front)
{
  for (int screen = LYKTA_SCREEN_ATTRACT; screen <= LYKTA_SCREEN_ABOUT; screen++) {
    gboolean is_kept =
        screen == (int)in_front || (screen == LYKTA_SCREEN_LIST && in_front != LYKTA_SCREEN_HOME) ||
        (screen == LYKTA_SCREEN_ACTIVITY &&
         (in_front == LYKTA_SCREEN_CERTIFICATE || in_front == LYKTA_SCREEN_TAKE_AWAY));
    if (!is_kept)
      drop_page (self, (LyktaScreen)screen);
  }
}

/* A stack of GTK 4.8 tells screen readers of all its pages: those behind must be hidden too. */
static void
hide_pages_behind (LyktaShell *self, GtkWidget *page)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != page)
      gtk_widget_set_visible (child, FALSE);
}

static void
show_screen (LyktaShell *self)
{
  LyktaScreen screen = lykta_session_get_screen (self->session);
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, name_of (screen));

  if (page == NULL) {
    page = make_page (self, screen);
    gtk_stack_add_named (self->stack, page, name_of (screen));
  }
  /* Nothing but the greeting on the first screen of a kiosk: it is one large button. */
  gtk_widget_set_visible (GTK_WIDGET (self->top_bar), screen != LYKTA_SCREEN_ATTRACT);
  gtk_widget_set_visible (GTK_WIDGET (self->status_bar), screen != LYKTA_SCREEN_ATTRACT);
  gtk_widget_set_visible (page, TRUE);
  gtk_stack_set_visible_child (self->stack, page);
  drop_pages_behind (self, screen);
  hide_pages_behind (self, page);
}

static void
update_actions (LyktaShell *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "nav.back",
                                 lykta_session_can_go_back (self->session));
}

static void
update_text_size (LyktaShell *self)
{
  static const char *const classes[N_TEXT_SIZES] = {"text-0", "text-1", "text-2"};
  int text_size = lykta_session_get_text_size (self->session);

  for (int i = 0; i < N_TEXT_SIZES; i++) {
    if (i == text_size)
      gtk_widget_add_css_class (GTK_WIDGET (self), classes[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), classes[i]);
  }
}

static void
on_session_screen (LyktaShell *self)
{
  show_screen (self);
  lykta_shell_focus_page (self);
}

static void
on_width (LyktaShell *self)
{
  gboolean is_wide = lykta_width_layout_is_wide (self->width_layout);

  if (is_wide)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wide");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wide");
  lykta_top_bar_set_is_wide (self->top_bar, is_wide);
}

static void
on_nav_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lykta_session_go_back (LYKTA_SHELL (widget)->session);
}

static void
on_nav_home (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaSession *session = LYKTA_SHELL (widget)->session;

  if (lykta_session_has_chosen_language (session))
    lykta_session_go_home (session);
}

static void
on_nav_language (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaSession *session = LYKTA_SHELL (widget)->session;

  if (lykta_session_get_screen (session) == LYKTA_SCREEN_LANGUAGE)
    lykta_session_go_back (session);
  else
    lykta_session_open_language (session);
}

static void
on_nav_text_size (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaSession *session = LYKTA_SHELL (widget)->session;

  lykta_session_set_text_size (session, (lykta_session_get_text_size (session) + 1) % N_TEXT_SIZES);
}

static void
on_nav_contrast (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaSession *session = LYKTA_SHELL (widget)->session;

  lykta_session_set_high_contrast (session, !lykta_session_has_high_contrast (session));
}

static void
on_nav_side_by_side (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaSession *session = LYKTA_SHELL (widget)->session;

  if (!lykta_session_reads_swedish (session))
    lykta_session_set_side_by_side (session, !lykta_session_is_side_by_side (session));
}

static void
on_nav_about (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaSession *session = LYKTA_SHELL (widget)->session;

  if (lykta_session_get_screen (session) != LYKTA_SCREEN_ABOUT)
    lykta_session_open_about (session);
}

static void
on_nav_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaShell *self = LYKTA_SHELL (widget);
  GtkWidget *page;

  if (!lykta_session_has_chosen_language (self->session))
    return;
  if (lykta_session_get_screen (self->session) != LYKTA_SCREEN_LIST) {
    g_autoptr (LyktaQuery) query = lykta_session_new_query (self->session);
    lykta_session_open_list (self->session, query);
  }
  page = lykta_shell_get_page (self);
  if (LYKTA_IS_LIST_PAGE (page))
    lykta_list_page_focus_search (LYKTA_LIST_PAGE (page));
}

static void
on_nav_certificate (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lykta_session_open_certificate (LYKTA_SHELL (widget)->session);
}

static void
on_nav_take_away (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lykta_session_open_take_away (LYKTA_SHELL (widget)->session);
}

static void
lykta_shell_dispose (GObject *object)
{
  LyktaShell *self = LYKTA_SHELL (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->surroundings);
  self->session = NULL;
  G_OBJECT_CLASS (lykta_shell_parent_class)->dispose (object);
}

static void
add_shortcuts (LyktaShell *self)
{
  static const struct {
    const char *trigger;
    const char *action;
  } table[] = {
      {"Escape", "nav.back"},    {"<Alt>Left", "nav.back"},      {"<Alt>Right", "nav.back"},
      {"<Alt>Home", "nav.home"}, {"<Control>l", "nav.language"}, {"<Control>plus", "nav.text-size"},
      {"F1", "nav.about"},       {"<Control>f", "nav.search"},
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    /* Forward is never a way back: the arrow that points back depends on the direction. */
    gboolean is_rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
    if (g_str_equal (table[i].trigger, is_rtl ? "<Alt>Left" : "<Alt>Right"))
      continue;
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (table[i].trigger),
                          gtk_named_action_new (table[i].action)));
  }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
lykta_shell_class_init (LyktaShellClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_shell_dispose;

  g_type_ensure (LYKTA_TYPE_TOP_BAR);
  g_type_ensure (LYKTA_TYPE_STATUS_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/shell.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaShell, top_bar);
  gtk_widget_class_bind_template_child (widget_class, LyktaShell, stack);
  gtk_widget_class_bind_template_child (widget_class, LyktaShell, status_bar);

  gtk_widget_class_install_action (widget_class, "nav.back", NULL, on_nav_back);
  gtk_widget_class_install_action (widget_class, "nav.home", NULL, on_nav_home);
  gtk_widget_class_install_action (widget_class, "nav.language", NULL, on_nav_language);
  gtk_widget_class_install_action (widget_class, "nav.text-size", NULL, on_nav_text_size);
  gtk_widget_class_install_action (widget_class, "nav.contrast", NULL, on_nav_contrast);
  gtk_widget_class_install_action (widget_class, "nav.side-by-side", NULL, on_nav_side_by_side);
  gtk_widget_class_install_action (widget_class, "nav.search", NULL, on_nav_search);
  gtk_widget_class_install_action (widget_class, "nav.about", NULL, on_nav_about);
  gtk_widget_class_install_action (widget_class, "nav.certificate", NULL, on_nav_certificate);
  gtk_widget_class_install_action (widget_class, "nav.take-away", NULL, on_nav_take_away);
}

static void
lykta_shell_init (LyktaShell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->width_layout = LYKTA_WIDTH_LAYOUT (lykta_width_layout_new (WIDE_WIDTH));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), GTK_LAYOUT_MANAGER (self->width_layout));
  g_signal_connect_object (self->width_layout, "notify::is-wide", G_CALLBACK (on_width), self,
                           G_CONNECT_SWAPPED);
  add_shortcuts (self);
}

GtkWidget *
lykta_shell_new (LyktaSurroundings *surroundings)
{
  LyktaShell *self;

  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (surroundings), NULL);

  self = g_object_new (LYKTA_TYPE_SHELL, NULL);
  self->surroundings = g_object_ref (surroundings);
  self->session = lykta_surroundings_get_session (surroundings);
  if (lykta_session_get_mode (self->session) == LYKTA_MODE_KIOSK)
    gtk_widget_add_css_class (GTK_WIDGET (self), "kiosk");
  lykta_top_bar_set_session (self->top_bar, self->session);
  lykta_status_bar_set_session (self->status_bar, self->session);
  g_signal_connect_object (self->session, "notify::screen", G_CALLBACK (on_session_screen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::can-go-back", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::text-size", G_CALLBACK (update_text_size), self,
                           G_CONNECT_SWAPPED);
  update_actions (self);
  update_text_size (self);
  show_screen (self);
  return GTK_WIDGET (self);
}

GtkWidget *
lykta_shell_get_page (LyktaShell *self)
{
  g_return_val_if_fail (LYKTA_IS_SHELL (self), NULL);
  return gtk_stack_get_visible_child (self->stack);
}

void
lykta_shell_focus_page (LyktaShell *self)
{
  GtkWidget *page;

  g_return_if_fail (LYKTA_IS_SHELL (self));

  page = lykta_shell_get_page (self);
  if (page == NULL || gtk_widget_get_root (page) == NULL)
    return;
  if (LYKTA_IS_LIST_PAGE (page))
    lykta_list_page_focus_cards (LYKTA_LIST_PAGE (page));
  else
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}
