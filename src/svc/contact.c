/* contact.c - checking and tidying what a person enters about themselves.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include <string.h>

#include "msg.h"
#include "svc/course.h"
#include "svc/fold.h"

#define NAME_CHARS_MAX 80

static void check_name(struct str *name, struct str path, bool is_required, struct arena *a, struct issues *problems)
{
    *name = tidy(*name, a);
    if (name->n == 0 && is_required)
        issue_add(problems, path, MSG_CONTACT_MISSING, STR(""));
    else if (str_chars(*name) > NAME_CHARS_MAX)
        issue_add(problems, path, MSG_CONTACT_TOO_LONG, STR("80"));
}

/* Digits with a plus in front at most; brackets, dots and hyphens are taken out. 8 to 15 digits (ITU E.164). */
static void check_phone(struct str *phone, struct arena *a, struct issues *problems)
{
    struct str plain = narrow(*phone, a);
    char *p = arena_array(a, char, plain.n + 1);
    size_t n = 0, digits = 0;
    bool is_fine = true;
    for (size_t i = 0; i < plain.n; i++) {
        char c = plain.p[i];
        bool is_digit = c >= '0' && c <= '9';
        if (is_digit || (c == '+' && n == 0))
            p[n++] = c;
        else
            is_fine &= strchr("()-./", c) != NULL;
        digits += is_digit;
    }
    *phone = (struct str){ p, n };
    if (n == 0)
        issue_add(problems, STR("phone"), MSG_CONTACT_MISSING, STR(""));
    else if (!is_fine || digits < 8 || digits > 15)
        issue_add(problems, STR("phone"), MSG_CONTACT_PHONE, STR(""));
}

/* One @ with something on both sides and a dot behind it; whether mail arrives only a mail can tell. */
static void check_email(struct str *email, struct arena *a, struct issues *problems)
{
    *email = narrow(*email, a);
    struct str host = *email, user = str_cut(&host, '@');
    bool is_fine =
        email->n == 0 || (user.n && host.n && email->n <= 254 && !str_has(host, STR("@")) && str_has(host, STR(".")) &&
                          !str_starts(host, STR(".")) && !str_ends(host, STR(".")));
    for (size_t i = 0; i < email->n; i++)
        is_fine &= (unsigned char)email->p[i] > 0x20 && email->p[i] != '<' && email->p[i] != '>' && email->p[i] != 0x7F;
    if (!is_fine)
        issue_add(problems, STR("email"), MSG_CONTACT_EMAIL, STR(""));
}

bool contact_check(struct contact *c, enum lang l, struct arena *a, struct issues *problems)
{
    size_t before = problems->list.n;
    (void)l;
    check_name(&c->family_name, STR("family_name"), true, a, problems);
    check_name(&c->given_name, STR("given_name"), true, a, problems);
    check_name(&c->family_kana, STR("family_kana"), false, a, problems);
    check_name(&c->given_kana, STR("given_kana"), false, a, problems);
    check_phone(&c->phone, a, problems);
    check_email(&c->email, a, problems);
    if (!c->consents_data)
        issue_add(problems, STR("consents_data"), MSG_CONTACT_CONSENT_DATA, STR(""));
    if (!c->consents_treatment)
        issue_add(problems, STR("consents_treatment"), MSG_CONTACT_CONSENT_TREATMENT, STR(""));
    return problems->list.n == before;
}
