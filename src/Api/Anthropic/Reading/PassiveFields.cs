using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary>
/// Known fields that change nothing here at some values and cannot be honoured at others: the first are taken, the second
/// refused by name.
/// </summary>
internal static class PassiveFields
{
    // Anthropic takes 512; clients put small JSON objects there.
    private const int LongestUser = 2048;

    private static readonly (string Name, string Reason)[] Refused =
    [
        ("container", "there are no containers."),
        ("mcp_servers", "MCP servers are not called from here; run their tools where the request is made."),
        ("compaction", "conversations are read as they are sent; shorten them before."),
        ("fallbacks", "the request's own model answers, or nobody."),
        ("fallback_credit_token", "the request's own model answers, or nobody."),
        ("billing_policy", "nothing is billed."),
        ("diagnostics", "the engine does not tell why a prefix was not reused."),
        ("inference_geo", "requests are answered where this server is."),
        ("user_profile_id", "there are no user profiles; who asks is known by the API key."),
        ("workspace_id", "there are no workspaces; who asks is known by the API key."),
    ];

    public static void Check(FieldReader fields)
    {
        if (fields.Take("thread") is not null)
        {
            throw RequestErrors.Create(AnthropicErrors.NoThreads, "'thread' is not supported: conversations are not kept here; send all messages.", "thread");
        }

        foreach (var (name, reason) in Refused)
        {
            if (fields.Take(name) is { } value && !IsEmpty(value))
            {
                throw RequestErrors.Unsupported(name, reason);
            }
        }

        if (fields.Text("speed") is not (null or "standard"))
        {
            throw RequestErrors.Unsupported("speed", "there is one speed; leave it out or send 'standard'.");
        }

        CacheControl.Check(fields);
        ContextManagement.Check(fields);
    }

    public static void CheckMetadata(FieldReader fields)
    {
        if (fields.Object("metadata") is { } metadata)
        {
            _ = metadata.Text("user_id", LongestUser);
            metadata.RefuseOthers();
        }

        if (fields.Text("service_tier") is not (null or "auto" or "standard_only"))
        {
            throw RequestErrors.WrongValue("service_tier", "must be 'auto' or 'standard_only'.");
        }
    }

    /// <summary>Clients with a list of nothing ask for nothing.</summary>
    private static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;
}
