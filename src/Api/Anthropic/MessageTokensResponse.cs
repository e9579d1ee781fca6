using System.Text.Json.Serialization;

namespace LocalAI.Pipeline.Api.Anthropic;

/// <summary>The answer of <c>count_tokens</c>.</summary>
internal sealed record MessageTokensResponse([property: JsonPropertyName("input_tokens")] int InputTokens);
