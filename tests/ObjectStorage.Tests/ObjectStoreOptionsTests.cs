using LocalAI.Pipeline.ObjectStorage.Folder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.ObjectStorage.Tests;

public sealed class ObjectStoreOptionsTests
{
    [Fact]
    public void Settings_ThatAreWrong_AreAllNamed()
    {
        using var services = Services(new()
        {
            ["Objects:Store"] = "s3",
            ["Objects:S3:Endpoint"] = "ftp://there",
            ["Objects:S3:AccessKey"] = "id",
        });
        var wrong = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<ObjectStoreOptions>>().Value).Failures;
        Assert.Equal(["Objects:S3:Endpoint", "Objects:S3:SecretKey", "Objects:Store"], wrong.Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Store_WithoutSettings_IsTheFolder()
    {
        using var services = Services([]);
        Assert.IsType<FolderObjectStore>(services.GetRequiredService<IObjectStore>());
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddObjectStorage(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return services.BuildServiceProvider();
    }
}
