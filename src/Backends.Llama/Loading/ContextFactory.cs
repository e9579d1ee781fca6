using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Interop;

namespace LocalAI.Pipeline.Backends.Llama.Loading;

/// <summary>Creates contexts with the settings of the model.</summary>
internal static class ContextFactory
{
    /// <summary>The tokens a slot can hold: what was asked for, else what the model was trained for within a limit.</summary>
    internal static int SlotContext(LlamaModel model, ModelSettings settings)
        => settings.ContextSize > 0 ? settings.ContextSize : Math.Min(Math.Max(model.TrainedContext, 256), ModelSettings.DefaultContextLimit);

    /// <summary>
    /// One context for all slots. Its cache is split evenly (not unified): each slot has the whole context size for itself, no
    /// slot can starve another, and attention looks only at a slot's own cells.
    /// </summary>
    internal static LlamaContextHandle ForGeneration(LlamaModel model, ModelSettings settings, ThreadPoolHandle threads)
    {
        llama_context_params parameters = Common(settings);
        long tokens = (long)SlotContext(model, settings) * settings.Slots;
        parameters.n_ctx = tokens <= int.MaxValue
            ? (uint)tokens
            : throw new InvalidModelException($"{settings.Slots} slots of {SlotContext(model, settings)} tokens are more than llama.cpp can address");
        parameters.n_seq_max = (uint)settings.Slots;
        parameters.n_batch = (uint)settings.BatchSize;
        parameters.n_ubatch = (uint)settings.BatchSize;
        // One row of logits a slot, and one for each guess: the default, n_batch rows, costs 300 MiB with a vocabulary of 150k.
        parameters.n_outputs_max = (uint)Math.Min(settings.BatchSize, settings.Slots * (settings.DraftPath is null ? 1 : settings.DraftTokens + 1));
        return Create(model, settings, parameters, threads);
    }

    /// <summary>A context for one text at a time, which is decoded in one piece, as pooling needs it.</summary>
    internal static LlamaContextHandle ForEmbedding(LlamaModel model, ModelSettings settings, ThreadPoolHandle threads, PoolingType pooling)
    {
        llama_context_params parameters = Common(settings);
        uint size = (uint)SlotContext(model, settings);
        parameters.n_ctx = size;
        parameters.n_seq_max = 1;
        parameters.n_batch = size;
        parameters.n_ubatch = size;
        parameters.n_outputs_max = size;
        parameters.n_outputs_max_per_seq = size;
        parameters.embeddings = 1;
        parameters.pooling_type = (int)pooling;
        return Create(model, settings, parameters, threads);
    }

    private static unsafe llama_context_params Common(ModelSettings settings)
    {
        llama_context_params parameters = LlamaNative.llama_context_default_params();
        parameters.n_threads = settings.Threads;
        parameters.n_threads_batch = settings.Threads;
        parameters.flash_attn_type = (int)settings.FlashAttention;
        parameters.type_k = (int)settings.KeyCache;
        parameters.type_v = (int)settings.ValueCache;
        parameters.offload_kqv = (byte)(settings.OffloadKv ? 1 : 0);
        parameters.rope_scaling_type = (int)settings.Rope.Scaling;
        parameters.rope_freq_base = settings.Rope.FrequencyBase;
        parameters.rope_freq_scale = settings.Rope.FrequencyScale;
        parameters.yarn_ext_factor = FromModelWhenZero(settings.Rope.YarnExtFactor);
        parameters.yarn_attn_factor = FromModelWhenZero(settings.Rope.YarnAttnFactor);
        parameters.yarn_beta_fast = FromModelWhenZero(settings.Rope.YarnBetaFast);
        parameters.yarn_beta_slow = FromModelWhenZero(settings.Rope.YarnBetaSlow);
        return parameters;
    }

    // llama.h: a negative yarn number means the model's.
    private static float FromModelWhenZero(float value) => value == 0 ? -1 : value;

    private static LlamaContextHandle Create(LlamaModel model, ModelSettings settings, llama_context_params parameters, ThreadPoolHandle threads)
    {
        EngineLog.Forget();
        nint context = LlamaNative.llama_init_from_model(model.Handle, parameters);
        if (context == 0)
        {
            string reason = EngineLog.LastErrors();
            throw new InvalidModelException(
                $"llama.cpp could not create a context of {parameters.n_ctx} tokens ({settings.Slots} slots): {(reason.Length > 0 ? reason : "probably too little memory")}");
        }
        var handle = new LlamaContextHandle(context, model.Handle, threads);
        if (model.Adapters.Count > 0 && AdapterScales.Set(handle, model.Adapters, [.. settings.LoraAdapters.Select(adapter => adapter.Scale)]) is var result and not 0)
        {
            handle.Dispose();
            throw new InvalidModelException($"llama.cpp could not apply the LoRA adapters (code {result})");
        }
        return handle;
    }
}
