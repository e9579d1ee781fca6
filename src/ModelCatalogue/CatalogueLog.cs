using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.ModelCatalogue;

internal static partial class CatalogueLog
{
    [LoggerMessage(1, LogLevel.Information, "{Models} models in {Folder}: {Names}")]
    public static partial void Loaded(ILogger logger, int models, string folder, string names);

    [LoggerMessage(2, LogLevel.Error, "The model {Name} is disabled: {File}, {Mistake}")]
    public static partial void Broken(ILogger logger, string name, string file, ModelMistake mistake);

    [LoggerMessage(3, LogLevel.Warning, "The model {Name}: {File}, {Mistake}")]
    public static partial void Questionable(ILogger logger, string name, string file, ModelMistake mistake);

    [LoggerMessage(4, LogLevel.Error, "{Folder} has more than {Limit} model files: {Ignored} and those after it are ignored")]
    public static partial void TooMany(ILogger logger, string folder, int limit, string ignored);
}
