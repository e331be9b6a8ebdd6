import { checkPlantedRanking } from "../support/planted_ranking.ts";

Deno.test("the report ranks planted chains of thought correctly with 100 samples per cut", () =>
  checkPlantedRanking(5));
