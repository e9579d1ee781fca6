using System.Text.Json;
using LocalAI.Pipeline.Api.Conversations;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>The fields of the response object that the request decides: all of them, with null or the value in force where it says nothing.</summary>
internal static class ResponseSettings
{
    public static string Of(ResponseRequest request, ModelDefinition model) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("background"u8, request.Background);
        Conversation(json, request.Prompt.ConversationId);
        Prompt(json, request, model);
        Sampling(json, EffectiveSampling.Of(request.Sampling, model.Parameters));
        json.WriteNumber("top_logprobs"u8, request.TopLogprobs);
        WriteNumber(json, "max_output_tokens"u8, request.MaxOutputTokens);
        WriteNumber(json, "max_tool_calls"u8, request.MaxToolCalls);
        json.WriteString("service_tier"u8, request.Lane == Lane.Batch ? "flex"u8 : "default"u8);
        json.WriteBoolean("store"u8, request.Store);
        Metadata(json, request.Metadata);
        json.WriteString("prompt_cache_key"u8, request.Passive.PromptCacheKey);
        json.WriteString("prompt_cache_retention"u8, request.Passive.PromptCacheRetention);
        json.WriteString("safety_identifier"u8, request.Passive.SafetyIdentifier);
        json.WriteString("user"u8, request.Passive.User);
        json.WriteEndObject();
    });

    private static void Prompt(Utf8JsonWriter json, ResponseRequest request, ModelDefinition model)
    {
        var prompt = request.Prompt;
        json.WriteString("instructions"u8, prompt.Instructions);
        json.WriteString("model"u8, model.Name);
        json.WriteBoolean("parallel_tool_calls"u8, prompt.ParallelToolCalls);
        json.WriteString("previous_response_id"u8, prompt.PreviousId is { } previous ? ResponseIds.Of(previous) : null);
        json.WriteNull("prompt"u8);
        json.WriteStartObject("reasoning"u8);
        json.WriteString("effort"u8, prompt.Reasoning.Effort);
        json.WriteString("summary"u8, prompt.Reasoning.Summary);
        json.WriteEndObject();
        json.WriteStartObject("text"u8);
        json.WritePropertyName("format"u8);
        json.WriteRawValue(prompt.FormatShown, skipInputValidation: true);
        json.WriteString("verbosity"u8, "medium"u8);
        json.WriteEndObject();
        json.WritePropertyName("tool_choice"u8);
        json.WriteRawValue(prompt.ToolChoiceShown, skipInputValidation: true);
        json.WriteStartArray("tools"u8);
        foreach (var tool in prompt.Tools)
        {
            Tool(json, tool);
        }

        json.WriteEndArray();
        json.WriteString("truncation"u8, prompt.Truncates ? "auto"u8 : "disabled"u8);
    }

    private static void Conversation(Utf8JsonWriter json, Guid? conversation)
    {
        if (conversation is not { } id)
        {
            json.WriteNull("conversation"u8);
            return;
        }

        json.WriteStartObject("conversation"u8);
        json.WriteString("id"u8, ConversationIds.Of(id));
        json.WriteEndObject();
    }

    private static void Tool(Utf8JsonWriter json, ToolDefinition tool)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "function"u8);
        json.WriteString("name"u8, tool.Name);
        json.WriteString("description"u8, tool.Description);
        json.WritePropertyName("parameters"u8);
        json.WriteRawValue(tool.Parameters ?? "null", skipInputValidation: true);
        json.WriteBoolean("strict"u8, tool.Strict);
        json.WriteEndObject();
    }

    private static void Sampling(Utf8JsonWriter json, SamplingSettings sampling)
    {
        json.WriteNumber("temperature"u8, sampling.Temperature!.Value);
        json.WriteNumber("top_p"u8, sampling.TopP!.Value);
        json.WriteNumber("presence_penalty"u8, sampling.PresencePenalty!.Value);
        json.WriteNumber("frequency_penalty"u8, sampling.FrequencyPenalty!.Value);
    }

    private static void Metadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("metadata"u8);
        foreach (var (name, value) in metadata)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
