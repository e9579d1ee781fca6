using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Embeddings;

/// <summary>The body of <c>POST /v1/embeddings</c>, read and checked.</summary>
/// <param name="Model">Null where the request names none.</param>
/// <param name="Inputs">One vector for each.</param>
/// <param name="IsBase64"><c>encoding_format</c>: little-endian 32-bit floats as Base64 instead of numbers.</param>
/// <param name="Dimensions">So many of the first numbers, as a vector of length 1 again; null means all.</param>
internal sealed record EmbeddingsRequest(string? Model, IReadOnlyList<TokenInput> Inputs, bool IsBase64, int? Dimensions);
