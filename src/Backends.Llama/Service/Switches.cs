using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>What PredictOptions.Metadata switches on or off.</summary>
internal static class Switches
{
    internal static bool Read(PredictOptions options, string name, bool otherwise)
        => !options.Metadata.TryGetValue(name, out string? text) ? otherwise
            : bool.TryParse(text, out bool value) ? value
            : throw CallErrors.Invalid($"Metadata[{name}] is '{text}'; true and false are possible");
}
