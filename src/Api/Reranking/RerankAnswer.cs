using System.Text.Json;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Reranking;

/// <summary>A ranking, best first, as Jina writes it.</summary>
/// <param name="Documents">The request's documents, or null where they do not come back.</param>
internal sealed record RerankAnswer(string Model, IReadOnlyList<RankedDocument> Results, int PromptTokens, IReadOnlyList<string>? Documents)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("model"u8, Model);
        json.WriteString("object"u8, "list"u8);
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, PromptTokens);
        json.WriteNumber("total_tokens"u8, PromptTokens);
        json.WriteEndObject();
        json.WriteStartArray("results"u8);
        foreach (var result in Results)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, result.Index);
            json.WriteNumber("relevance_score"u8, result.Score);
            if (Documents is not null)
            {
                json.WriteStartObject("document"u8);
                json.WriteString("text"u8, Documents[result.Index]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
