using System.Text.Json;
using LocalAI.Pipeline.Api.Health;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.LlamaCpp.Writing;

/// <summary>The body of <c>GET /props</c>.</summary>
internal static class PropsJson
{
    public static void Write(Utf8JsonWriter json, ModelDefinition model, ModelDescribed described, int slots)
    {
        var defaults = new LlamaHead(model, new LlamaCompletionRequest { Prompts = [], Sampling = new SamplingSettings() }, []);
        json.WriteStartObject();
        json.WriteStartObject("default_generation_settings"u8);
        json.WritePropertyName("params"u8);
        SettingsJson.Write(json, defaults);
        json.WriteNumber("n_ctx"u8, described.ContextSize);
        json.WriteEndObject();
        json.WriteNumber("total_slots"u8, slots);
        json.WriteString("model_alias"u8, model.Name);
        // As the model's file has it: where the folder is on this machine is nobody's business.
        json.WriteString("model_path"u8, model.Model);
        json.WriteString("chat_template"u8, described.ChatTemplate);
        json.WriteStartObject("modalities"u8);
        json.WriteBoolean("vision"u8, false);
        json.WriteBoolean("audio"u8, false);
        json.WriteEndObject();
        json.WriteString("bos_token"u8, described.BosToken);
        json.WriteString("eos_token"u8, described.EosToken);
        json.WriteString("build_info"u8, HealthEndpoints.Version);
        json.WriteBoolean("is_sleeping"u8, false);
        json.WriteEndObject();
    }
}
