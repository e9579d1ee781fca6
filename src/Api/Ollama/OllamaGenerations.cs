using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.LlamaCpp;
using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.Ollama;

/// <summary>Makes jobs of Ollama's requests.</summary>
internal sealed class OllamaGenerations(OllamaModels models, ModelDescriptions descriptions, TextGenerations generations, MessageMedia media, TimeProvider time)
{
    /// <exception cref="ApiException">There is no such model, its context is too small, or there is no room or broker.</exception>
    public async Task<OllamaGeneration> StartAsync(OllamaRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var begun = time.GetUtcNow();
        var model = models.Text(request.Model);
        await CheckContextAsync(request, model, origin, aborted);
        var draft = request.Draft.Messages is { } messages
            ? request.Draft with { Messages = await media.AttachAsync(messages, request.Media, model, aborted) }
            : request.Draft;
        var started = await generations.StartAsync(model.Name, [draft], origin, aborted);
        return new OllamaGeneration(request.Model ?? model.Name, request, begun, started.Reader);
    }

    /// <summary>Brings the model into the memory of a worker.</summary>
    /// <exception cref="ApiException">It cannot be loaded.</exception>
    public async Task<string> LoadAsync(OllamaRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var model = models.Text(request.Model);
        await descriptions.OfAsync(model.Name, origin, aborted);
        return request.Model ?? model.Name;
    }

    private async Task CheckContextAsync(OllamaRequest request, ModelDefinition model, JobOrigin origin, CancellationToken aborted)
    {
        if (request.ContextSize is not { } wanted)
        {
            return;
        }

        var size = await descriptions.ContextSizeAsync(model, origin, aborted);
        if (size > 0 && wanted > size)
        {
            throw RequestErrors.WrongValue("options.num_ctx", $"is {wanted}, but the context of '{model.Name}' holds {size} tokens: change context_size in {model.Source}, or ask for less.");
        }
    }
}
