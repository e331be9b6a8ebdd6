const entry = JSON.parse(Deno.readTextFileSync(Deno.args[0] ?? ""));
console.log(entry.response.content);
