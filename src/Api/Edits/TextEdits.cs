using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.Edits;

/// <summary>Makes jobs of an edit request: the model's edit template as a prompt, or a chat where it has none.</summary>
internal sealed class TextEdits(ModelResolver models, TextGenerations generations)
{
    /// <summary>Starts a job for each edit of each input.</summary>
    /// <exception cref="Errors.ApiException">There is no such model, no room, or no broker.</exception>
    public Task<StartedGeneration> StartAsync(EditRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var model = models.Text(request.Model);
        var drafts = request.Inputs.SelectMany(input => Enumerable.Range(0, request.Choices).Select(choice => Draft(request, input, choice, model))).ToList();
        return generations.StartAsync(model.Name, drafts, origin, aborted);
    }

    private static GenerateText Draft(EditRequest request, string input, int choice, ModelDefinition model)
    {
        var prompt = PromptTemplates.Edit(model, request.Instruction, input);
        return TextGenerations.Draft(request.Lane, request.Sampling.ForChoice(choice)) with
        {
            Prompt = prompt,
            Messages = prompt is null ? Chat(request.Instruction, input) : null,
            Output = request.Output,
            MaxTokens = request.MaxTokens,
            StopSequences = request.StopSequences,
            LogitBias = request.LogitBias,
        };
    }

    private static IReadOnlyList<ChatMessage> Chat(string instruction, string input) =>
    [
        new ChatMessage { Role = ChatRole.System, Content = instruction },
        new ChatMessage { Role = ChatRole.User, Content = input },
    ];
}
