using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.LlamaCpp.Reading;

/// <summary>
/// Parameters of llama.cpp's server that can only be had at the value that changes nothing; at any other they are refused by name.
/// </summary>
internal static class NeutralFields
{
    private static readonly (string Name, long Neutral, string Reason)[] Numbers =
    [
        ("id_slot", -1, "slots are chosen by the engine; leave it out or send -1."),
        ("n_discard", 0, "contexts are not shifted, so nothing is discarded."),
        ("n_cache_reuse", 0, "only what a prompt begins with is taken from the cache."),
        ("n_indent", 0, "indentation does not end an answer here."),
        ("tfs_z", 1, "llama.cpp has no tail free sampling any more."),
    ];

    private static readonly (string Name, bool Neutral, string Reason)[] Flags =
    [
        ("post_sampling_probs", false, "probabilities are the model's own, before sampling."),
        ("return_progress", false, "how far a prompt is evaluated is not told."),
        ("penalize_nl", true, "line ends are penalised like any other token."),
        ("backend_sampling", false, "tokens are chosen by llama.cpp's samplers."),
        ("grammar_lazy", false, "a grammar holds from the start."),
        ("verbose", false, "there is no further output."),
    ];

    private static readonly (string Name, string Reason)[] Lists =
    [
        ("image_data", "prompts are text."),
        ("grammar_triggers", "a grammar holds from the start."),
        ("preserved_tokens", "special tokens are always whole."),
    ];

    private static readonly (string Name, string Reason)[] Refused =
    [
        ("system_prompt", "write it into the prompt."),
        ("sse_ping_interval", "it is the server's (Sse:PingInterval)."),
    ];

    public static void Check(FieldReader fields)
    {
        // Nothing of a prompt is ever discarded, so as many of its tokens are kept as anybody wants.
        _ = fields.Integer("n_keep", -1, int.MaxValue);
        foreach (var (name, neutral, reason) in Numbers)
        {
            Require((fields.Long(name, long.MinValue, long.MaxValue) ?? neutral) == neutral, name, reason);
        }

        foreach (var (name, neutral, reason) in Flags)
        {
            Require((fields.Flag(name) ?? neutral) == neutral, name, reason);
        }

        foreach (var (name, reason) in Lists)
        {
            Require(fields.Items(name) is null or { Count: 0 }, name, reason);
        }

        foreach (var (name, reason) in Refused)
        {
            Require(fields.Take(name) is null, name, reason);
        }
    }

    private static void Require(bool isNeutral, string name, string reason)
    {
        if (!isNeutral)
        {
            throw RequestErrors.Unsupported(name, reason);
        }
    }
}
