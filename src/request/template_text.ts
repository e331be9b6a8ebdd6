import type { TemplateName } from "./template_name.ts";
import type { ChatTemplate } from "./templates/chat_template.ts";

/** Loads the text of a template, and its source. */
export async function templateText(name: TemplateName): Promise<ChatTemplate> {
  switch (name) {
    case "gpt-oss":
      return (await import("./templates/gpt_oss_template.ts")).gptOssTemplate;
    case "qwen3":
    case "qwen3-thinking":
    case "qwq":
      return (await import("./templates/qwen3_template.ts")).qwen3Template;
    case "deepseek-v3":
    case "deepseek-r1":
      return (await import("./templates/deepseek_v3_template.ts"))
        .deepseekV3Template;
    case "deepseek-v3.1":
      return (await import("./templates/deepseek_v3_1_template.ts"))
        .deepseekV3_1Template;
    case "deepseek-r1-0528":
      return (await import("./templates/deepseek_r1_0528_template.ts"))
        .deepseekR1_0528Template;
  }
}
