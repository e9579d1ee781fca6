namespace LocalAI.Pipeline.Architecture.Tests.Deployment;

public sealed class ComposeTests
{
    private readonly ComposeFile _compose = ComposeFile.Read("compose.yaml");

    [Fact]
    public void Services_AreTheWholeDeployment() =>
        Assert.Equal(["api", "minio", "postgres", "rabbitmq", "text-worker"], _compose.Services.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Overlay_ForTheGpu_ChangesOnlyServicesThatExist() =>
        Assert.Subset(_compose.Services.Keys.ToHashSet(), ComposeFile.Read("compose.gpu.yaml").Services.Keys.ToHashSet());

    [Theory]
    [InlineData("api", "Api")]
    [InlineData("text-worker", "Workers.Text")]
    public void Environment_OfAService_HoldsSettingsThatExist(string service, string project)
    {
        var settings = _compose.Environment(service).Where(entry => !IsFramework(entry.Key)).ToDictionary();
        Assert.NotEmpty(settings);
        // The folder is a mount; what is checked here is the name and that a folder is taken.
        Assert.Equal("/models", settings["Models__Folder"]);
        settings["Models__Folder"] = Path.Combine(SourceTree.Root, "models");
        Violations.AssertNone(OptionsOfAProcess.Errors(project, settings));
    }

    [Fact]
    public void Check_OfEnvironments_FindsWhatIsMisspelt()
    {
        var errors = OptionsOfAProcess.Errors("Api", new Dictionary<string, string>
        {
            ["Bus__Pasword"] = "x", ["Bus__Transport"] = "kafka", ["Buss__Host"] = "x", ["Nowhere"] = "x",
            ["Models__Folder"] = SourceTree.Root,
        }).ToList();
        Assert.Equal(4, errors.Count);
    }

    [Fact]
    public void Variables_AreInTheExampleAndNowhereElse() =>
        Assert.Equal(
            _compose.Variables.Concat(ComposeFile.Read("compose.gpu.yaml").Variables).Distinct().Order(StringComparer.Ordinal),
            ComposeFile.Example().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Example_OfAVariable_ShowsItsDefault() =>
        Violations.AssertNone(ComposeFile.Example().Where(entry => _compose.Text.Contains($"${{{entry.Key}:-", StringComparison.Ordinal))
            .Where(entry => !_compose.Text.Contains($"${{{entry.Key}:-{entry.Value}}}", StringComparison.Ordinal))
            .Select(entry => $"{entry.Key} is not {entry.Value} by default"));

    [Fact]
    public void Services_HaveAHealthCheck() =>
        Violations.AssertNone(_compose.Services.Where(service => !service.Value.ContainsKey("healthcheck") && !HasImageCheck(service.Value))
            .Select(service => $"{service.Key} has no health check"));

    [Fact]
    public void Dependencies_AreServicesThatTellTheirHealth() =>
        Assert.All(_compose.Services.Values.Where(service => service.ContainsKey("depends_on")), service =>
            Assert.All(ComposeFile.Map(service["depends_on"]), dependency =>
            {
                Assert.Equal("service_healthy", ComposeFile.Map(dependency.Value)["condition"]);
                Assert.True(_compose.Services[(string)dependency.Key].ContainsKey("healthcheck"));
            }));

    [Fact]
    public void Mounts_OfThisRepository_Exist()
    {
        var mounts = _compose.Services.Values.Where(service => service.ContainsKey("volumes")).SelectMany(service => (List<object>)service["volumes"]!)
            .Select(mount => ComposeFile.Substitute((string)mount).Split(':')[0]).Where(source => source.StartsWith('.')).ToList();
        Assert.NotEmpty(mounts);
        Assert.All(mounts, source => Assert.True(Path.Exists(Path.Combine(ComposeFile.Folder, source)), source));
    }

    [Fact]
    public void Broker_WaitsLongerThanTheLongestGeneration()
    {
        var line = File.ReadLines(Path.Combine(ComposeFile.Folder, "rabbitmq", "20-pipeline.conf")).Single(line => line.StartsWith("consumer_timeout", StringComparison.Ordinal));
        Assert.True(long.Parse(line.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture) > TimeSpan.FromHours(12).TotalMilliseconds);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("text-worker")]
    public void Containers_OfOurs_HaveNoPowersTheyDoNotNeed(string service)
    {
        var container = _compose.Services[service];
        Assert.Equal("true", container["read_only"]);
        Assert.Equal(["ALL"], ((List<object>)container["cap_drop"]!).Cast<string>());
    }

    private static bool IsFramework(string key) =>
        key.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || key.StartsWith("DOTNET_", StringComparison.Ordinal) || key.StartsWith("Logging__", StringComparison.Ordinal);

    private static bool HasImageCheck(Dictionary<object, object?> service) =>
        service.TryGetValue("build", out var build) &&
        File.ReadAllText(Path.Combine(SourceTree.Root, (string)ComposeFile.Map(build)["dockerfile"]!)).Contains("\nHEALTHCHECK ", StringComparison.Ordinal);
}
