/* person.mjs - someone who uses the clinic's pages over plain HTTP: a cookie jar, forms, the way to a booked course.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
import { randomUUID } from "node:crypto";

const healthy = { birth_date: "1980-02-01", onset_date: "2026-05-01", sex: "male", nrs_average: "6" };

const plain = (text) => text.replaceAll("&amp;", "&").replaceAll("&#38;", "&").replaceAll("&quot;", "\"").replaceAll("&#34;", "\"");

/* The hidden and filled fields of the form that posts to `action`. */
export function formOf(html, action) {
    const form = html.match(new RegExp(`<form[^>]*action="${action}[^"]*"[\\s\\S]*?</form>`))?.[0] ?? "";
    const fields = new URLSearchParams();
    for (const [tag] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g))
        fields.append(tag.match(/name="([^"]*)"/)[1], plain(tag.match(/value="([^"]*)"/)?.[1] ?? ""));
    return fields;
}

export const textOf = (html) => plain(html.replace(/<style[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, "").replace(/<[^>]+>/g, " ")).replace(/\s+/g, " ");

export class Person {
    constructor(url, lang = "en") {
        this.url = url;
        this.lang = lang;
        this.jar = new Map();
    }

    /* { status, html, location }; follows nothing. */
    async send(path, { body, headers = {}, method = body === undefined ? "GET" : "POST" } = {}) {
        const cookie = [...this.jar].map(([k, v]) => `${k}=${v}`).join("; ");
        const answer = await fetch(this.url + path, { method, body, redirect: "manual", headers: { ...(cookie && { cookie }), ...headers } });
        for (const line of answer.headers.getSetCookie()) {
            const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
            if (value)
                this.jar.set(name, value);
            else
                this.jar.delete(name);
        }
        return { status: answer.status, html: await answer.text(), location: answer.headers.get("location"), headers: answer.headers };
    }

    async token() {
        const { html } = await this.send(`/${this.lang}/check/about`);
        return html.match(/name="token" value="([^"]+)"/)[1];
    }

    /* Answers the self-check, "no" where nothing is said; returns where it led. */
    async answer(say = {}) {
        const said = { ...healthy, ...say };
        let path = `/${this.lang}/check/about`;
        while (/\/check\/\w+$/.test(path)) {
            const { html } = await this.send(path);
            const form = new URLSearchParams({ token: html.match(/name="token" value="([^"]+)"/)[1] });
            for (const [, id] of html.matchAll(/class="field radios yes-no" id="(\w+)"/g))
                form.set(id, "no");
            for (const [id, value] of Object.entries(said))
                if (html.includes(`name="${id}"`))
                    form.set(id, value);
            if (/where$/.test(path))
                form.set("pain", "low_back_r");
            const sent = await this.send(path, { body: form });
            if (sent.status !== 303)
                throw new Error(`${path} is answered with ${sent.status}: ${textOf(sent.html).slice(0, 600)}`);
            path = sent.location;
        }
        return path;
    }

    /* The courses offered, each as the path of its page of details. */
    async offers(wishes = "visits=4") {
        const { html } = await this.send(`/${this.lang}/book/choose?${wishes}`);
        return [...html.matchAll(/class="btn[^"]*" href="([^"]*\/book\/details\?[^"]*)"/g)].map((m) => plain(m[1]));
    }

    /* The times offered instead of visit i of the course in `details`, each as a path of details. */
    async others(details, i) {
        const { html } = await this.send(`${details.replace("/book/details", "/book/move")}&i=${i}`);
        return [...html.matchAll(/href="([^"]*\/book\/details\?[^"]*)"/g)].map((m) => plain(m[1]));
    }

    /* The form that books the course in `details`, filled. */
    async bookingForm(details, contact = {}) {
        const { html } = await this.send(details);
        const form = formOf(html, `/${this.lang}/book`);
        const filled = { family_name: "見本", given_name: "試", phone: "03-1234-5678", consents_data: "yes", consents_treatment: "yes", key: randomUUID() };
        for (const [name, value] of Object.entries({ ...filled, ...contact }))
            form.set(name, value);
        return form;
    }

    book(form) {
        return this.send(`/${this.lang}/book`, { body: form });
    }

    /* A person beside this one with the same answers, so that many can send at once. */
    twin() {
        const other = new Person(this.url, this.lang);
        other.jar = new Map(this.jar);
        return other;
    }
}
