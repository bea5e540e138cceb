import { z } from "zod";
import { contentTypeOf, parseJson, readText } from "@/lib/http/body";
import { checked } from "@/lib/http/checked";
import { Refusal } from "@/lib/shared/errors";

const FORM_BYTES = 16 * 1024;
const formSchema = z.record(z.string(), z.string());

/**
 * The fields of a form, sent as browsers send forms or as flat JSON.
 *
 * @throws Refusal `too_large`, or `invalid` for another content type or a field that is no text
 */
export async function readForm(request: Request): Promise<Record<string, string>> {
  const type = contentTypeOf(request);
  const text = await readText(request, FORM_BYTES);
  if (type === "application/x-www-form-urlencoded") return Object.fromEntries(new URLSearchParams(text));
  if (type === "application/json") return checked(formSchema, parseJson(text));
  throw new Refusal("invalid", "Send the fields as application/x-www-form-urlencoded or application/json.");
}
