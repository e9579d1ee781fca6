using LocalAI.Pipeline.Api.Batches.Rows;

namespace LocalAI.Pipeline.Api.Batches;

/// <summary>The endpoints that lines may go to: each is called as if the line were its request, so that a line more here is all that a further one needs.</summary>
internal static class BatchTargets
{
    public const string Messages = "/v1/messages";

    public static IReadOnlyList<string> OfFiles { get; } = ["/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/responses"];

    /// <summary>Whether a batch of that kind may go there.</summary>
    public static bool Has(BatchKind kind, string endpoint) => kind == BatchKind.Messages ? endpoint == Messages : OfFiles.Contains(endpoint, StringComparer.Ordinal);
}
