using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>Finds the model that a request means, or tells its caller what there is.</summary>
internal sealed class ModelResolver(Catalogue catalogue)
{
    // An error message, not a listing: GET /v1/models has them all.
    private const int NamedModels = 20;

    /// <param name="name">As the request says it; null where it says nothing, which is enough where only one model could be meant.</param>
    /// <exception cref="ApiException">There is no such model, it is broken, or it does not do text.</exception>
    public ModelDefinition Text(string? name)
    {
        var candidates = catalogue.Models.Where(model => model.Pool == ModelPool.Text).ToList();
        if (name is null)
        {
            return candidates.Count == 1 ? candidates[0] : throw Missing(candidates);
        }

        var (model, broken) = catalogue.Find(name);
        if (broken is not null)
        {
            throw new ApiException(new ApiError(500, ApiErrorTypes.Server, "model_broken", $"The model '{broken.Name}' is disabled, because its configuration is wrong: {broken}", "model"));
        }

        if (model is null)
        {
            throw new ApiException(new ApiError(404, ApiErrorTypes.InvalidRequest, "model_not_found", $"There is no model '{Shown.Short(name)}' here. {Names(candidates)}", "model"));
        }

        return model.Pool == ModelPool.Text
            ? model
            : throw new ApiException(new ApiError(400, ApiErrorTypes.InvalidRequest, "model_not_supported", $"The model '{model.Name}' does not generate text. {Names(candidates)}", "model"));
    }

    private static ApiException Missing(List<ModelDefinition> candidates) =>
        new(new ApiError(400, ApiErrorTypes.InvalidRequest, "missing_required_parameter", $"'model' is missing, and there is not exactly one text model that could be meant. {Names(candidates)}", "model"));

    private static string Names(List<ModelDefinition> models)
    {
        if (models.Count == 0)
        {
            return "No text model is installed: put a .gguf file or a model's YAML file into the models folder (Models:Folder) and start again.";
        }

        var more = models.Count > NamedModels ? $" and {models.Count - NamedModels} more" : "";
        return $"There are: {string.Join(", ", models.Take(NamedModels).Select(model => model.Name))}{more}.";
    }
}
