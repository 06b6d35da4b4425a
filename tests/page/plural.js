// Prints the form of every number under every set of rules: both come as JSON on standard input.
import { text } from "node:stream/consumers";
import { form, speak } from "../../course_lib/widgets/page/messages.js";

const { numbers, rules } = JSON.parse(await text(process.stdin));
const forms = rules.map((plural) => {
  speak({ language: "en", direction: "ltr", lessons: null, plural, messages: {} });
  return numbers.map(form);
});
console.log(JSON.stringify(forms));
