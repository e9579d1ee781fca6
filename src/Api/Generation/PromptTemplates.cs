using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.ChatTemplates;
using LocalAI.Pipeline.ChatTemplates.GoTemplates;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>The templates of a model's file that an endpoint chooses, as in LocalAI: <c>template.completion</c> and <c>template.edit</c>.</summary>
internal static class PromptTemplates
{
    /// <summary>The prompt as the model's template has it; as it is where there is none.</summary>
    public static string Completion(ModelDefinition model, string prompt) =>
        model.Templates.Completion is { } template ? Render(model, "template.completion", template, new GoTemplateInput { Input = prompt, SystemPrompt = model.SystemPrompt ?? "" }) : prompt;

    /// <returns>Null where the model has no such template.</returns>
    public static string? Edit(ModelDefinition model, string instruction, string input) =>
        model.Templates.Edit is { } template
            ? Render(model, "template.edit", template, new GoTemplateInput { Input = input, Instruction = instruction, SystemPrompt = model.SystemPrompt ?? "" })
            : null;

    private static string Render(ModelDefinition model, string key, string template, GoTemplateInput input)
    {
        if (!template.Contains("{{", StringComparison.Ordinal))
        {
            // LocalAI takes the name of a .tmpl file here.
            throw Broken(model, $"{key} has no placeholder: write the template itself there");
        }

        try
        {
            return GoTemplate.Parse(template).Render(input);
        }
        catch (ChatTemplateException e)
        {
            throw Broken(model, $"{key}, line {e.Line}: {e.Message}");
        }
    }

    private static ApiException Broken(ModelDefinition model, string reason) =>
        new(new ApiError(500, ApiErrorTypes.Server, "model_broken", $"The model '{model.Name}' cannot do this, because its configuration is wrong: {model.Source}: {reason}", "model"));
}
