/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lykta-data.h"
#include "text/lykta-gettext.h"
#include "ui/lykta-application.h"
#include "ui/lykta-launch.h"
#include "ui/lykta-resources.h"

int
main (int argc, char **argv)
{
  g_autoptr (LyktaApplication) application = NULL;

  lykta_launch_prepare ();
  lykta_gettext_init (lykta_locale_dir ());
  gtk_disable_setlocale ();
  g_resources_register (lykta_data_get_resource ());
  g_resources_register (lykta_resources_get_resource ());
  application = lykta_application_new (argv);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
