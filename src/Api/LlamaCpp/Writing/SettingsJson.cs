using System.Text.Json;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.LlamaCpp.Writing;

/// <summary><c>generation_settings</c>: what holds for a completion, under llama.cpp's names.</summary>
internal static class SettingsJson
{
    // llama.cpp's number for a seed that it draws.
    private const uint RandomSeed = uint.MaxValue;

    private static readonly string[] OwnOrder = ["penalties", "dry", "top_n_sigma", "top_k", "typ_p", "top_p", "min_p", "xtc", "temperature"];
    private static readonly string[] OwnBreakers = ["\n", ":", "\"", "*"];

    public static void Write(Utf8JsonWriter json, LlamaHead head)
    {
        var request = head.Request;
        json.WriteStartObject();
        Sampling(json, head.Sampling);
        Texts(json, "stop"u8, request.StopSequences);
        json.WriteNumber("max_tokens"u8, head.MaxTokens ?? -1);
        json.WriteNumber("n_predict"u8, head.MaxTokens ?? -1);
        json.WriteNumber("n_keep"u8, 0);
        json.WriteNumber("n_discard"u8, 0);
        json.WriteBoolean("ignore_eos"u8, request.IgnoreEndOfSequence);
        json.WriteBoolean("stream"u8, request.Stream);
        Biases(json, request.LogitBias);
        json.WriteNumber("n_probs"u8, request.Probabilities);
        json.WriteNumber("min_keep"u8, head.Sampling.MinKeep ?? 0);
        json.WriteString("grammar"u8, request.Output?.Grammar ?? "");
        Texts(json, "samplers"u8, head.Sampling.Samplers ?? OwnOrder);
        json.WriteBoolean("timings_per_token"u8, request.TimingsPerToken);
        json.WriteBoolean("post_sampling_probs"u8, false);
        json.WriteStartArray("lora"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Sampling(Utf8JsonWriter json, SamplingSettings sampling)
    {
        json.WriteNumber("seed"u8, sampling.Seed ?? RandomSeed);
        json.WriteNumber("temperature"u8, sampling.Temperature ?? 0);
        json.WriteNumber("dynatemp_range"u8, sampling.DynatempRange ?? 0);
        json.WriteNumber("dynatemp_exponent"u8, sampling.DynatempExponent ?? 1);
        json.WriteNumber("top_k"u8, sampling.TopK ?? 0);
        json.WriteNumber("top_p"u8, sampling.TopP ?? 1);
        json.WriteNumber("min_p"u8, sampling.MinP ?? 0);
        json.WriteNumber("top_n_sigma"u8, sampling.TopNSigma ?? -1);
        json.WriteNumber("xtc_probability"u8, sampling.XtcProbability ?? 0);
        json.WriteNumber("xtc_threshold"u8, sampling.XtcThreshold ?? SamplingDefaults.XtcThreshold);
        json.WriteNumber("typical_p"u8, sampling.TypicalP ?? 1);
        json.WriteNumber("repeat_last_n"u8, sampling.RepeatLastN ?? 0);
        json.WriteNumber("repeat_penalty"u8, sampling.RepeatPenalty ?? 1);
        json.WriteNumber("presence_penalty"u8, sampling.PresencePenalty ?? 0);
        json.WriteNumber("frequency_penalty"u8, sampling.FrequencyPenalty ?? 0);
        json.WriteNumber("dry_multiplier"u8, sampling.DryMultiplier ?? 0);
        json.WriteNumber("dry_base"u8, sampling.DryBase ?? SamplingDefaults.DryBase);
        json.WriteNumber("dry_allowed_length"u8, sampling.DryAllowedLength ?? SamplingDefaults.DryAllowedLength);
        json.WriteNumber("dry_penalty_last_n"u8, sampling.DryPenaltyLastN ?? -1);
        Texts(json, "dry_sequence_breakers"u8, sampling.DrySequenceBreakers ?? OwnBreakers);
        json.WriteNumber("mirostat"u8, sampling.Mirostat ?? 0);
        json.WriteNumber("mirostat_tau"u8, sampling.MirostatTau ?? SamplingDefaults.MirostatTau);
        json.WriteNumber("mirostat_eta"u8, sampling.MirostatEta ?? SamplingDefaults.MirostatEta);
    }

    private static void Texts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Biases(Utf8JsonWriter json, IReadOnlyDictionary<string, float>? biases)
    {
        json.WriteStartArray("logit_bias"u8);
        foreach (var (token, bias) in biases ?? new Dictionary<string, float>())
        {
            json.WriteStartObject();
            json.WriteString("token"u8, token);
            json.WriteNumber("bias"u8, bias);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
