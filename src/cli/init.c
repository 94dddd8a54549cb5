/* init.c - `tsubo init` and `tsubo user add`.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "cli/cli.h"
#include "os/files.h"
#include "os/random.h"
#include "svc/setup.h"
#include "text/text.h"

#define CLINIC_FILE_MAX (256u * 1024)

static struct str db_path(const struct cli *c)
{
    const char *from_env = getenv("TSUBO_DB");
    return cli_option(c, "db", from_env ? str_from(from_env) : STR("tsubo.db"));
}

int cli_init(struct cli *c)
{
    struct err e = { 0 };
    struct issues problems = { .a = c->a };
    struct str json;
    struct app *app = NULL;
    if (file_exists(db_path(c))) {
        fprintf(stderr, "tsubo: %.*s exists already; nothing was changed\n", STR_ARG(db_path(c)));
        return EX_CANTCREAT;
    }
    struct know *k = cli_know(c);
    if (!k)
        return EX_SOFTWARE;
    struct setup *setup = NULL;
    int code = 0;
    if (!random_start() || !file_read(c->args[0], CLINIC_FILE_MAX, c->a, &json, &e)) {
        code = cli_fail(&e);
    } else if (!setup_read_json(k, json, c->a, &setup, &problems)) {
        for (size_t i = 0; i < problems.list.n; i++)
            fprintf(stderr, "%.*s: %.*s: %.*s\n", STR_ARG(c->args[0]), STR_ARG(problems.list.v[i].path),
                    STR_ARG(text_issue(LANG_EN, &problems.list.v[i], c->a)));
        code = EX_DATAERR;
    } else if (!app_open(db_path(c), true, k, &app, &e) || !setup_make(app, setup, &e)) {
        code = cli_fail(&e);
    } else {
        printf("%.*s: the clinic is set up; add a log-in with `tsubo user add`\n", STR_ARG(db_path(c)));
    }
    app_close(app);
    know_free(k);
    return code;
}

int cli_user_add(struct cli *c)
{
    struct err e = { 0 };
    struct app *app = NULL;
    char line[300];
    enum lang lang;
    if (!lang_parse(cli_option(c, "lang", STR("en")), &lang)) {
        fputs("tsubo: --lang is en, ja or vi\n", stderr);
        return EX_USAGE;
    }
    fputs("Password (15 letters or more; a sentence is fine): ", stderr);
    if (!fgets(line, sizeof line, stdin))
        return EX_NOINPUT;
    struct str password = str_from(line);
    while (password.n && (password.p[password.n - 1] == '\n' || password.p[password.n - 1] == '\r'))
        password.n--;
    struct know *k = cli_know(c);
    int code = k && random_start() && app_open(db_path(c), false, k, &app, &e) && app_find_clinic(app, &e) &&
                       setup_user(app, c->args[0], password, cli_option(c, "role", STR("reception")), lang, &e)
                   ? 0
                   : cli_fail(&e);
    memset(line, 0, sizeof line);
    if (code == 0)
        printf("log-in %.*s added\n", STR_ARG(c->args[0]));
    app_close(app);
    know_free(k);
    return code;
}
