namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary>Which fields of a form are no texts: a form says nothing about that.</summary>
internal static class ResponseFormFields
{
    /// <summary>Numbers, booleans, and what is JSON as a whole.</summary>
    public static readonly IReadOnlySet<string> Typed = new HashSet<string>(StringComparer.Ordinal)
    {
        "background", "store", "stream", "parallel_tool_calls", "strict", "include_obfuscation",
        "temperature", "top_p", "presence_penalty", "frequency_penalty", "top_logprobs", "max_output_tokens", "max_tool_calls",
        "top_k", "min_p", "typical_p", "repeat_penalty", "repeat_last_n", "mirostat", "mirostat_tau", "mirostat_eta", "xtc_probability", "xtc_threshold",
        "dry_multiplier", "dry_base", "dry_allowed_length", "dry_penalty_last_n", "top_n_sigma", "dynatemp_range", "dynatemp_exponent", "seed",
        "tools", "text", "reasoning", "metadata", "include", "stream_options", "schema", "parameters",
    };
}
