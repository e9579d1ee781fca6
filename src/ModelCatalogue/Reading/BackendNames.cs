using System.Text.RegularExpressions;

namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>What is known of backends by their names, which are LocalAI's.</summary>
internal static partial class BackendNames
{
    public const string Default = "llama-cpp";

    private static readonly HashSet<string> ReadFiles = new(StringComparer.Ordinal)
    {
        Default, "ik-llama-cpp", "turboquant", "whisper", "piper", "stablediffusion-ggml",
    };

    private static readonly HashSet<string> Audio = new(StringComparer.Ordinal)
    {
        "whisper", "faster-whisper", "whisperx", "parakeet-cpp", "silero-vad", "piper", "kokoro", "bark", "bark-cpp", "coqui",
        "vall-e-x", "transformers-musicgen", "outetts", "chatterbox", "speech",
    };

    private static readonly HashSet<string> Image = new(StringComparer.Ordinal)
    {
        "diffusers", "stablediffusion-ggml", "stablediffusion", "diffusion", "tinydream",
    };

    private static readonly string[] WeightEndings = [".gguf", ".ggml", ".bin", ".onnx", ".safetensors"];

    /// <summary>A name becomes part of a path.</summary>
    public static bool IsSafe(string name) => SafeName().IsMatch(name);

    /// <summary>Other spellings that LocalAI accepts.</summary>
    public static string Normalise(string name) => name switch
    {
        "llama" or "llama.cpp" or "llamacpp" or "llama-ggml" or "llama-stable" => Default,
        "ik-llama" or "ik_llama" => "ik-llama-cpp",
        "whisper.cpp" or "whisper-cpp" => "whisper",
        _ => name,
    };

    /// <summary>Whether <c>parameters.model</c> can only be a file, as opposed to a name that the backend looks up.</summary>
    public static bool NeedsFile(string backend, string model) =>
        ReadFiles.Contains(backend) || WeightEndings.Any(ending => model.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The pool of a backend; where its name says nothing, of what the model is for.</summary>
    public static ModelPool PoolOf(string backend, IReadOnlyList<string> usecases)
    {
        if (Audio.Contains(backend) || usecases.Any(usecase => usecase is "transcript" or "tts" or "sound_generation" or "vad"))
        {
            return ModelPool.Audio;
        }

        return Image.Contains(backend) || usecases.Contains("image") ? ModelPool.Image : ModelPool.Text;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SafeName();
}
