/** Texts that would do something, if they were taken for more than texts. */
export const HOSTILE_TEXTS: readonly string[] = [
  "<script>alert(1)</script>",
  "</script><script>alert(2)</script>",
  "<!-- <script> --!>",
  "<img src=x onerror=alert(3)>",
  '"><svg onload=alert(4)>',
  "[a link](javascript:alert(5)) javascript:alert(6)",
  "\u001b[31mred\u001b[0m \u001b]8;;http://127.0.0.1/\u0007link",
  "\u202egnp.exe \u2066\u200f\u200b\ufeff",
  "\ud800 half of \udc00 a pair",
  "\0nul\0",
  "__proto__ constructor hasOwnProperty",
  "' OR 1=1; DROP TABLE samples; -- \" NEAR(a b) AND NOT * ^ :",
];
