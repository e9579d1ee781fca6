using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>The scales of the LoRA adapters that a request asks for: those of its own, where the ones it leaves out are 0, else the model's.</summary>
internal static class LoraReader
{
    internal static LoraSet Read(PredictOptions options, ModelSettings settings)
    {
        if (options.Lora is null)
            return LoraSet.None;
        var scales = new float[settings.LoraAdapters.Count];
        foreach (LoraScale wanted in options.Lora.Scales)
        {
            if (wanted.Id < 0 || wanted.Id >= scales.Length)
                throw CallErrors.Invalid($"Lora has the adapter {wanted.Id}; the model has {scales.Length}, counted from 0");
            scales[wanted.Id] = float.IsFinite(wanted.Scale) ? wanted.Scale : throw CallErrors.Invalid($"the scale of LoRA adapter {wanted.Id} is no number");
        }
        return new LoraSet(scales);
    }
}
