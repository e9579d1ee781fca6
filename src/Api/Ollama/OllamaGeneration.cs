using LocalAI.Pipeline.Api.Relay;

namespace LocalAI.Pipeline.Api.Ollama;

/// <summary>A running answer. Disposing it before its end cancels it.</summary>
/// <param name="Model">The model as the request named it.</param>
internal sealed record OllamaGeneration(string Model, OllamaRequest Request, DateTimeOffset Begun, JobSubscription Reader) : IDisposable
{
    public void Dispose() => Reader.Dispose();
}
