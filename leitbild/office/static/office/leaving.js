// Signing out leaves no text behind on this device; who has some that isn't saved is told before.
import { forgetEverything, somethingKept } from "./device.js";

const form = document.querySelector("[data-leaving]");
const warning = document.querySelector("[data-unsaved-here]");
if (warning) warning.hidden = !somethingKept();
form?.addEventListener("submit", forgetEverything);
