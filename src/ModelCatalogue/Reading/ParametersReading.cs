namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>Reads <c>parameters</c>. Bounds are what llama.cpp gives a meaning to; the API's own bounds may be narrower.</summary>
internal static class ParametersReading
{
    public static ModelParameters Read(ModelSection parameters, ModelSection root)
    {
        var maxTokens = parameters.Integer("max_tokens", -1, int.MaxValue);
        var seed = parameters.Long("seed", -1, uint.MaxValue);
        var read = new ModelParameters
        {
            Temperature = parameters.Number("temperature", 0, 100),
            TopP = parameters.Number("top_p", 0, 1),
            TopK = parameters.Integer("top_k", -1, int.MaxValue),
            MinP = parameters.Number("min_p", 0, 1),
            TypicalP = parameters.Number("typical_p", 0, 1),
            MaxTokens = maxTokens is null or <= 0 ? null : maxTokens,
            Seed = seed is null or < 0 ? null : seed,
            RepeatPenalty = parameters.Number("repeat_penalty", 0, 100),
            RepeatLastN = parameters.Integer("repeat_last_n", -1, int.MaxValue),
            PresencePenalty = parameters.Number("presence_penalty", -2, 2),
            FrequencyPenalty = parameters.Number("frequency_penalty", -2, 2),
            // LocalAI has these three beside parameters, llama.cpp's users expect them inside.
            Mirostat = parameters.Integer("mirostat", 0, 2) ?? root.Integer("mirostat", 0, 2),
            MirostatTau = parameters.Number("mirostat_tau", 0, 100) ?? root.Number("mirostat_tau", 0, 100),
            MirostatEta = parameters.Number("mirostat_eta", 0, 100) ?? root.Number("mirostat_eta", 0, 100),
            IgnoreEos = parameters.Flag("ignore_eos"),
            Keep = parameters.Integer("keep", -1, int.MaxValue),
        };
        parameters.Unused("echo", "n", "logprobs", "top_logprobs", "logit_bias", "tfz", "language", "translate", "negative_prompt",
            "negative_prompt_scale", "tokenizer", "clip_skip");
        return read;
    }
}
