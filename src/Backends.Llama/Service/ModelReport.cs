using System.Text.Json.Nodes;
using LocalAI.Pipeline.Backends.Llama.Chat;
using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.ChatTemplates;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>What a loaded model tells about itself.</summary>
internal static class ModelReport
{
    internal static StatusResponse Status(LoadedModel model)
    {
        var memory = new MemoryUsageData();
        memory.Breakdown["model"] = (ulong)model.Model.Bytes;
        foreach ((string kind, long bytes) in model.Engine.Memory.Bytes)
            memory.Breakdown[kind] = (ulong)bytes;
        memory.Breakdown["prompt_cache"] = (ulong)model.Engine.PromptCacheBytes;
        memory.Total = memory.Breakdown.Values.Aggregate(0UL, (sum, bytes) => sum + bytes);
        return new StatusResponse
        {
            State = StatusResponse.Types.State.Ready,
            Memory = memory,
            Slots = model.Engine.SlotCount,
            SlotsBusy = model.Engine.SlotsBusy,
        };
    }

    internal static MetricsResponse Metrics(LoadedModel model) => new()
    {
        TokensPerSecond = (float)model.Engine.Statistics.TokensPerSecond,
        TokensGenerated = Saturated(model.Engine.Statistics.GeneratedTokens),
        PromptTokensProcessed = Saturated(model.Engine.Statistics.PromptTokens),
    };

    internal static ModelMetadataResponse Metadata(LoadedModel loaded)
    {
        LlamaModel model = loaded.Model;
        ChatTemplateTraits? traits = loaded.Chat.Traits;
        return new ModelMetadataResponse
        {
            SupportsThinking = traits is { SupportsThinkingSwitch: true } or { ThinkStart.Length: > 0 },
            RenderedTemplate = traits?.ThinkingSwitch is { } name ? RenderThinking(loaded.Chat, name) : "",
            ChatTemplate = loaded.Chat.Source ?? "",
            Slots = loaded.Engine.SlotCount,
            ContextSize = loaded.Engine.ContextSize,
            BosToken = model.Vocabulary.BosText,
            EosToken = model.Vocabulary.EosText,
            SupportsContinuation = model.CanGenerate,
            SupportsEmbeddings = loaded.Embedder is not null,
            TrainingContextSize = model.TrainedContext,
            Architecture = model.Metadata("general.architecture") ?? "",
            ParameterCount = (long)LlamaNative.llama_model_n_params(model.Handle),
            SizeBytes = model.Bytes,
            EmbeddingLength = LlamaNative.llama_model_n_embd_out(model.Handle),
            VocabularySize = model.Vocabulary.Size,
            SupportsInfill = model.CanGenerate && model.Vocabulary.Infill is not null,
            Quantization = model.Quantization,
        };
    }

    // LocalAI looks in it for the marker that a thought begins with.
    private static string RenderThinking(ChatPrompt chat, string thinkingSwitch)
    {
        try
        {
            return chat.Render(
                new ChatConversation
                {
                    Messages = [new JsonObject { ["role"] = "user", ["content"] = "Hello" }],
                    Arguments = new JsonObject { [thinkingSwitch] = true },
                },
                CancellationToken.None);
        }
        catch (RequestInvalidException)
        {
            // A template that refuses the example still works for what it was made for.
            return "";
        }
    }

    private static int Saturated(long value) => (int)Math.Min(value, int.MaxValue);
}
