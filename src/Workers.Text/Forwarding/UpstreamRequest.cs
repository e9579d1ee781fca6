using System.Text.Json.Nodes;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Text.Generation;
using SamplingSettings = LocalAI.Pipeline.Messages.Text.SamplingSettings;

namespace LocalAI.Pipeline.Workers.Text.Forwarding;

/// <summary>The backend protocol's request as OpenAI's. What OpenAI's API cannot say is refused by name, unless it is as by default.</summary>
internal static class UpstreamRequest
{
    private static readonly PredictOptions Defaults = Default();

    public static (string Path, JsonObject Body) Of(PredictOptions request, UpstreamSettings settings)
    {
        RefuseTheUnsayable(request);
        var isChat = request.Messages.Count > 0;
        var body = Sampling(request);
        body["model"] = settings.Model;
        body["stream"] = true;
        body["stream_options"] = new JsonObject { ["include_usage"] = true };
        if (isChat)
        {
            FillChat(body, request);
        }
        else
        {
            body["prompt"] = request.Prompt;
        }

        AddLogprobs(body, request, isChat);
        AddExtras(body, request, settings);
        return (isChat ? "chat/completions" : "completions", body);
    }

    private static JsonObject Sampling(PredictOptions request)
    {
        var body = new JsonObject { ["temperature"] = request.Temperature, ["top_p"] = request.TopP };
        Add(body, "max_tokens", request.Tokens, request.Tokens > 0);
        Add(body, "seed", request.Seed, request.Seed >= 0);
        Add(body, "presence_penalty", request.PresencePenalty, request.PresencePenalty != 0);
        Add(body, "frequency_penalty", request.FrequencyPenalty, request.FrequencyPenalty != 0);
        if (request.StopPrompts.Count > 0)
        {
            body["stop"] = new JsonArray([.. request.StopPrompts.Select(stop => JsonValue.Create(stop))]);
        }

        if (request.LogitBias.Length > 0)
        {
            body["logit_bias"] = JsonNode.Parse(request.LogitBias);
        }

        return body;
    }

    private static void FillChat(JsonObject body, PredictOptions request)
    {
        var media = new UpstreamMedia(request);
        body["messages"] = new JsonArray([.. request.Messages.Select(message => MessageOf(message, media))]);
        if (request.Tools.Length > 0)
        {
            body["tools"] = JsonNode.Parse(request.Tools);
            Add(body, "tool_choice", request.ToolChoice.Length > 0 ? JsonNode.Parse(request.ToolChoice) : null, request.ToolChoice.Length > 0);
            Add(body, "parallel_tool_calls", false, request.Metadata.GetValueOrDefault(NativeForm.ParallelCalls) == "false");
        }

        Add(body, "response_format", request.ResponseFormat.Length > 0 ? JsonNode.Parse(request.ResponseFormat) : null, request.ResponseFormat.Length > 0);
    }

    private static JsonObject MessageOf(Message message, UpstreamMedia media)
    {
        var node = new JsonObject { ["role"] = message.Role, ["content"] = media.ContentOf(message) };
        Add(node, "name", message.Name, message.Name.Length > 0);
        Add(node, "tool_call_id", message.ToolCallId, message.ToolCallId.Length > 0);
        Add(node, "reasoning_content", message.ReasoningContent, message.ReasoningContent.Length > 0);
        if (message.ToolCalls.Length > 0)
        {
            node["tool_calls"] = JsonNode.Parse(message.ToolCalls);
        }

        return node;
    }

    private static void AddLogprobs(JsonObject body, PredictOptions request, bool isChat)
    {
        if (!isChat)
        {
            // There the number of alternatives is the switch.
            Add(body, "logprobs", request.TopLogprobs, request.Logprobs > 0);
            return;
        }

        Add(body, "logprobs", true, request.Logprobs > 0);
        Add(body, "top_logprobs", request.TopLogprobs, request.Logprobs > 0 && request.TopLogprobs > 0);
    }

    // What vLLM's and llama.cpp's servers have beyond OpenAI's.
    private static void AddExtras(JsonObject body, PredictOptions request, UpstreamSettings settings)
    {
        var hasKwargs = request.Metadata.TryGetValue("chat_template_kwargs", out var kwargs);
        var continues = request.Metadata.ContainsKey("continue_final_message");
        if (settings.IsStrict)
        {
            Refuse("top_k", request.TopK != Defaults.TopK);
            Refuse("min_p", request.MinP != Defaults.MinP);
            Refuse("ignore_eos", request.IgnoreEOS);
            Refuse("chat_template_kwargs", hasKwargs);
            Refuse("continue_final_message", continues);
            return;
        }

        body["top_k"] = request.TopK;
        body["min_p"] = request.MinP;
        Add(body, "ignore_eos", true, request.IgnoreEOS);
        Add(body, "continue_final_message", true, continues);
        Add(body, "add_generation_prompt", false, continues);
        if (hasKwargs)
        {
            body["chat_template_kwargs"] = JsonNode.Parse(kwargs!);
        }
    }

    private static void RefuseTheUnsayable(PredictOptions request)
    {
        Refuse("a grammar", request.Grammar.Length > 0);
        Refuse("images, audio or video beside a prompt", request.Messages.Count == 0 && request.Images.Count + request.Audios.Count + request.Videos.Count > 0);
        Refuse("render only", request.RenderOnly);
        Refuse("repeat_penalty", request.Penalty != Defaults.Penalty);
        Refuse("typical_p", request.TypicalP != Defaults.TypicalP);
        Refuse("mirostat", request.Mirostat != 0);
        Refuse("xtc_probability", request.XtcProbability != 0);
        Refuse("dry_multiplier", request.DryMultiplier != 0);
        Refuse("top_n_sigma", request.TopNSigma > 0);
        Refuse("dynatemp_range", request.DynatempRange != 0);
    }

    private static void Add(JsonObject body, string name, JsonNode? value, bool isSaid)
    {
        if (isSaid)
        {
            body[name] = value;
        }
    }

    private static void Refuse(string what, bool isAsked)
    {
        if (isAsked)
        {
            throw Unsayable(what);
        }
    }

    private static BackendCallException Unsayable(string what) => new(GrpcStatus.Unimplemented, $"it forwards to a server that cannot be told {what}: send the request without");

    private static PredictOptions Default()
    {
        var request = new PredictOptions();
        SamplingMapping.Fill(request, new SamplingSettings(), new ModelParameters());
        return request;
    }
}
