using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.Workers.Text.Forwarding;

/// <summary>The log probabilities of OpenAI's completions, <c>{"tokens","token_logprobs","top_logprobs"}</c>, as those of its chats.</summary>
internal static class OldLogprobs
{
    public static bool IsOld(JsonElement logprobs) => logprobs.TryGetProperty("tokens", out var tokens) && tokens.ValueKind == JsonValueKind.Array;

    public static string ToNew(JsonElement logprobs)
    {
        var content = new JsonArray();
        var tokens = logprobs.GetProperty("tokens");
        for (var i = 0; i < tokens.GetArrayLength(); i++)
        {
            // The first token of a prompt has none.
            if (tokens[i].ValueKind == JsonValueKind.String && Number(At(logprobs, "token_logprobs", i)) is { } logprob)
            {
                content.Add(new JsonObject { ["token"] = tokens[i].GetString(), ["logprob"] = logprob, ["top_logprobs"] = Alternatives(At(logprobs, "top_logprobs", i)) });
            }
        }

        return new JsonObject { ["content"] = content }.ToJsonString();
    }

    private static JsonArray Alternatives(JsonElement? all)
    {
        var alternatives = new JsonArray();
        if (all is { ValueKind: JsonValueKind.Object } named)
        {
            foreach (var alternative in named.EnumerateObject().Where(alternative => alternative.Value.ValueKind == JsonValueKind.Number))
            {
                alternatives.Add(new JsonObject { ["token"] = alternative.Name, ["logprob"] = Number(alternative.Value) });
            }
        }

        return alternatives;
    }

    private static JsonElement? At(JsonElement logprobs, string name, int index) =>
        logprobs.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array && index < list.GetArrayLength() ? list[index] : null;

    private static double? Number(JsonElement? value) => value is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
