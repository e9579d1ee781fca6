using System.Globalization;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>A model's file as the backend protocol's load request, the way LocalAI fills it.</summary>
internal static class LoadMapping
{
    private const string Parallel = "parallel:";

    // All that fit: an engine without a GPU has none to use.
    private const int AllLayers = -1;

    public static ModelOptions From(ModelDefinition model)
    {
        var request = new ModelOptions
        {
            Model = model.Model,
            ModelFile = model.ModelFile,
            ModelPath = Path.GetDirectoryName(model.ModelFile) ?? "",
            ContextSize = model.ContextSize ?? 0,
            NBatch = model.BatchSize ?? 0,
            Threads = model.Threads ?? 0,
            NGPULayers = model.GpuLayers ?? AllLayers,
            F16Memory = model.F16 ?? true,
            MMap = model.Mmap ?? true,
            MLock = model.MLock ?? false,
            Embeddings = model.Embeddings,
            Reranking = model.Reranking,
            FlashAttention = model.FlashAttention ?? "",
            CacheTypeKey = model.CacheTypeK ?? "",
            CacheTypeValue = model.CacheTypeV ?? "",
            MMProj = model.MmProjFile ?? "",
            DraftModel = model.DraftModelFile ?? "",
            MainGPU = model.Devices.MainGpu ?? "",
            TensorSplit = model.Devices.TensorSplit ?? "",
            LowVRAM = model.Devices.LowVram ?? false,
            NUMA = model.Devices.Numa ?? false,
            NoKVOffload = model.Devices.NoKvOffloading ?? false,
        };
        AddRope(request, model.Rope);
        request.Options.AddRange(model.Options);
        if (!model.Options.Any(option => option.StartsWith(Parallel, StringComparison.Ordinal)))
        {
            // Otherwise the backend would choose another number of slots than this worker sends it work for.
            request.Options.Add(Parallel + model.Slots.ToString(CultureInfo.InvariantCulture));
        }

        if (model.DraftTokens is { } guesses and > 0)
        {
            request.Options.Add($"draft_max:{guesses}");
        }

        if (model.ContextShift is { } shift)
        {
            request.Options.Add($"context_shift:{(shift ? "true" : "false")}");
        }

        request.Overrides.AddRange(model.Overrides);
        foreach (var adapter in model.LoraAdapters)
        {
            request.LoraAdapters.Add(adapter.File);
            request.LoraScales.Add(adapter.Scale);
        }

        return request;
    }

    private static void AddRope(ModelOptions request, RopeSettings rope)
    {
        request.RopeScaling = rope.Scaling ?? "";
        request.RopeFreqBase = rope.FrequencyBase ?? 0;
        request.RopeFreqScale = rope.FrequencyScale ?? 0;
        request.YarnExtFactor = rope.YarnExtFactor ?? 0;
        request.YarnAttnFactor = rope.YarnAttnFactor ?? 0;
        request.YarnBetaFast = rope.YarnBetaFast ?? 0;
        request.YarnBetaSlow = rope.YarnBetaSlow ?? 0;
    }
}
