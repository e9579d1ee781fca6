using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>The model of OpenAI's old paths, <c>/v1/engines/{engine}/...</c>, which is the path's.</summary>
internal static class EngineName
{
    /// <param name="engine">Null for a path without one.</param>
    /// <param name="model">As the body says it.</param>
    /// <exception cref="ApiException">The body names another one.</exception>
    public static string? Of(string? engine, string? model) => engine is null || model is null || model == engine
        ? engine ?? model
        : throw RequestErrors.WrongValue("model", $"is '{Shown.Short(model)}', but the path says '{Shown.Short(engine)}': leave it out.");
}
