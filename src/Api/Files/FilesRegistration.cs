using LocalAI.Pipeline.Api.Files.Uploads;
using LocalAI.Pipeline.ObjectStorage;
using LocalAI.Pipeline.Settings;

namespace LocalAI.Pipeline.Api.Files;

internal static class FilesRegistration
{
    public static void AddFiles(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddObjectStorage(configuration);
        services.AddValidatedOptions<FilesOptions>(configuration, FilesOptions.SectionName);
        services.AddSingleton<FileStore>();
        services.AddSingleton<FileObjects>();
        services.AddSingleton<FileUpload>();
        services.AddSingleton<FileContentWriter>();
        services.AddSingleton<UploadStore>();
        services.AddSingleton<PartObjects>();
        services.AddSingleton<UploadCompletion>();
        services.AddSingleton<FilesCleanUp>();
        services.AddHostedService<FilesUpkeep>();
    }
}
