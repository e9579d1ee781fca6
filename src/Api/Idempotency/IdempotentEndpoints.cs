namespace LocalAI.Pipeline.Api.Idempotency;

/// <summary>The endpoints whose requests cost so much that a retry must not run them twice.</summary>
internal static class IdempotentEndpoints
{
    private static readonly HashSet<string> Routes = new(StringComparer.Ordinal)
    {
        "/v1/chat/completions", "/chat/completions", "/v1/completions", "/v1/embeddings", "/embeddings", "/v1/edits", "/edits",
        "/v1/responses", "/responses", "/v1/messages", "/messages", "/v1/batches", "/batches", "/v1/messages/batches", "/messages/batches",
    };

    public static bool Has(HttpContext context) => context.GetEndpoint() is RouteEndpoint endpoint && Routes.Contains(endpoint.RoutePattern.RawText ?? "");
}
