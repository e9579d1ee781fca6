using System.Globalization;
using System.Text.Json;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.Ollama.Writing;

/// <summary>Ollama's descriptions of models. What is not known without reading a model's file is empty, as Ollama has it.</summary>
internal static class OllamaModelJson
{
    /// <summary>An entry of <c>/api/tags</c>.</summary>
    public static void Listed(Utf8JsonWriter json, ModelDefinition model)
    {
        var (size, modified) = OllamaModels.FileOf(model);
        json.WriteStartObject();
        Name(json, model);
        json.WriteString("modified_at"u8, OllamaJson.Time(modified));
        json.WriteNumber("size"u8, size);
        json.WriteString("digest"u8, OllamaModels.Digest(model));
        Details(json, model, null);
        json.WriteEndObject();
    }

    /// <summary>An entry of <c>/api/ps</c>. Workers do not tell when a model leaves, nor where its weights are.</summary>
    public static void Running(Utf8JsonWriter json, ModelDefinition model)
    {
        json.WriteStartObject();
        Name(json, model);
        json.WriteNumber("size"u8, OllamaModels.FileOf(model).Size);
        json.WriteString("digest"u8, OllamaModels.Digest(model));
        Details(json, model, null);
        json.WriteString("expires_at"u8, "0001-01-01T00:00:00Z"u8);
        json.WriteNumber("size_vram"u8, 0);
        json.WriteEndObject();
    }

    /// <summary>The body of <c>/api/show</c>. The template is the model's own, which is Jinja.</summary>
    public static void Shown(Utf8JsonWriter json, ModelDefinition model, ModelDescribed described)
    {
        var parameters = Parameters(model.Parameters, model.StopWords);
        json.WriteStartObject();
        json.WriteString("modelfile"u8, $"FROM {model.Model}\n{string.Concat(parameters.Select(entry => $"PARAMETER {entry.Name} {entry.Value}\n"))}");
        json.WriteString("parameters"u8, string.Join('\n', parameters.Select(entry => $"{entry.Name,-30} {entry.Value}")));
        json.WriteString("template"u8, described.ChatTemplate);
        json.WriteString("system"u8, model.SystemPrompt ?? "");
        Details(json, model, described);
        Facts(json, described);
        Capabilities(json, model, described);
        json.WriteString("modified_at"u8, OllamaJson.Time(OllamaModels.FileOf(model).Modified));
        json.WriteEndObject();
    }

    private static void Name(Utf8JsonWriter json, ModelDefinition model)
    {
        json.WriteString("name"u8, OllamaModels.Tagged(model));
        json.WriteString("model"u8, OllamaModels.Tagged(model));
    }

    private static void Details(Utf8JsonWriter json, ModelDefinition model, ModelDescribed? described)
    {
        json.WriteStartObject("details"u8);
        json.WriteString("parent_model"u8, ""u8);
        json.WriteString("format"u8, model.ModelFile.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) ? "gguf"u8 : ""u8);
        json.WriteString("family"u8, described?.Architecture ?? "");
        json.WriteStartArray("families"u8);
        if (described is { Architecture.Length: > 0 })
        {
            json.WriteStringValue(described.Architecture);
        }

        json.WriteEndArray();
        json.WriteString("parameter_size"u8, described is null ? "" : Count(described.ParameterCount));
        json.WriteString("quantization_level"u8, described?.Quantization ?? "");
        json.WriteEndObject();
    }

    private static void Facts(Utf8JsonWriter json, ModelDescribed described)
    {
        json.WriteStartObject("model_info"u8);
        json.WriteString("general.architecture"u8, described.Architecture);
        json.WriteNumber("general.parameter_count"u8, described.ParameterCount);
        if (described.Architecture.Length > 0)
        {
            json.WriteNumber($"{described.Architecture}.context_length", described.TrainingContextSize);
            json.WriteNumber($"{described.Architecture}.embedding_length", described.EmbeddingLength);
            json.WriteNumber($"{described.Architecture}.vocab_size", described.VocabularySize);
        }

        json.WriteEndObject();
    }

    private static void Capabilities(Utf8JsonWriter json, ModelDefinition model, ModelDescribed described)
    {
        (string Name, bool Has)[] all =
        [
            ("completion", described.ContextSize > 0),
            ("tools", described.ChatTemplate.Contains("tools", StringComparison.Ordinal)),
            ("insert", described.SupportsInfill),
            ("thinking", described.SupportsThinking),
            ("vision", model.Takes("image")),
            ("embedding", described.SupportsEmbeddings),
        ];
        json.WriteStartArray("capabilities"u8);
        foreach (var (name, _) in all.Where(entry => entry.Has))
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static List<(string Name, string Value)> Parameters(ModelParameters parameters, IReadOnlyList<string> stops)
    {
        (string Name, double? Value)[] numbers =
        [
            ("temperature", parameters.Temperature), ("top_k", parameters.TopK), ("top_p", parameters.TopP), ("min_p", parameters.MinP), ("seed", parameters.Seed),
            ("repeat_penalty", parameters.RepeatPenalty), ("repeat_last_n", parameters.RepeatLastN), ("num_predict", parameters.MaxTokens),
        ];
        return
        [
            .. numbers.Where(entry => entry.Value is not null).Select(entry => (entry.Name, ((float)entry.Value!.Value).ToString("R", CultureInfo.InvariantCulture))),
            .. stops.Select(stop => ("stop", JsonSerializer.Serialize(stop))),
        ];
    }

    // As people write it: 1.5M, 7B.
    private static string Count(long parameters) => parameters switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{parameters / 1e9:0.#}B"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{parameters / 1e6:0.##}M"),
        > 0 => string.Create(CultureInfo.InvariantCulture, $"{parameters / 1e3:0.##}K"),
        _ => "",
    };
}
