import { detail } from "./details.js";
import { english } from "./english.js";
import { korean } from "./korean.js";

export const languages = { en: "English", ko: "한국어" };

const texts = { en: english, ko: korean };

// preferred is the language that was chosen here, else the first one of the browser's that there is.
export function preferred() {
  const wanted = [localStorage.getItem("language"), ...navigator.languages].map((tag) => tag?.split("-")[0]);
  return wanted.find((language) => language in languages) ?? "en";
}

export const remember = (language) => localStorage.setItem("language", language);

// translator returns t("key", {values}); t.detail is what a server says.
export function translator(language) {
  const t = (key, values = {}) => texts[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  t.detail = (text) => detail(language, text);
  return t;
}
