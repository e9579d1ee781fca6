using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Settings.Tests;

public sealed class SettingsCheckTests
{
    [Fact]
    public void Run_WithoutAnySetting_FindsNothing() => Assert.Empty(Errors());

    [Theory]
    [InlineData("Port", "abc", "\"abc\"", "a whole number")]
    [InlineData("Port", "99999999999", "\"99999999999\"", "a whole number")]
    [InlineData("Silence", "abc", "\"abc\"", "hours:minutes:seconds")]
    [InlineData("Silence", "30", "\"30\"", "hours:minutes:seconds")]
    [InlineData("Transport", "kafka", "\"kafka\"", "one of Memory, RabbitMq")]
    [InlineData("Transport", "7", "\"7\"", "one of Memory, RabbitMq")]
    [InlineData("Ratio", "half", "\"half\"", "a number with a point")]
    [InlineData("UseTls", "perhaps", "\"perhaps\"", "true or false")]
    [InlineData("Limits:tiny", "many", "\"many\"", "a whole number")]
    public void Run_WithAValueOfAWrongKind_NamesKeyValueAndKind(string key, string value, string shown, string kind)
    {
        var error = Assert.Single(Errors(($"Sample:{key}", value)));
        Assert.Equal($"Sample:{key}", error.Key);
        Assert.Contains(shown, error.Problem, StringComparison.Ordinal);
        Assert.Contains(kind, error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Silence", "00:00:05")]
    [InlineData("Silence", "0")]
    [InlineData("Transport", "rabbitmq")]
    [InlineData("Limits:any name", "3")]
    [InlineData("Models:0", "tiny-chat")]
    [InlineData("Models", "")]
    [InlineData("port", "1")]
    public void Run_WithARightValue_FindsNothing(string key, string value) => Assert.Empty(Errors(($"Sample:{key}", value)));

    [Theory]
    [InlineData("Prot", "Sample:Port")]
    [InlineData("Sillence", "Sample:Silence")]
    [InlineData("Keys:0:Ownr", "Sample:Keys:0:Owner")]
    public void Run_WithAMisspeltKey_NamesTheOneThatWasMeant(string key, string meant)
    {
        var error = Assert.Single(Errors(($"Sample:{key}", "1"), ("Sample:Keys:0:Owner", "ann")));
        Assert.Equal($"Sample:{key}", error.Key);
        Assert.Contains($"Did you mean {meant}?", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithAKeyUnlikeAnyOther_ListsTheKeysThereAre()
    {
        var error = Assert.Single(Errors(("Sample:Zebra", "1")));
        Assert.Contains("Port, Silence, Transport", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithAMisspeltSection_NamesTheOneThatWasMeant()
    {
        var error = Assert.Single(Errors(("Smaple:Port", "1"), ("Logging:LogLevel:Default", "Warning"), ("PATH", "x")));
        Assert.Equal("Smaple", error.Key);
        Assert.Contains("Did you mean Sample?", error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Keys", "abc", "is a list")]
    [InlineData("Limits", "abc", "is a list")]
    [InlineData("Port:0", "1", "is one value")]
    public void Run_WithAValueInTheWrongShape_SaysWhichShapeItHas(string key, string value, string expected) =>
        Assert.Contains(expected, Assert.Single(Errors(($"Sample:{key}", value))).Problem, StringComparison.Ordinal);

    [Fact]
    public void Run_WithManyErrorsInTwoSections_ReportsAllOfThem()
    {
        var errors = Errors(("Sample:Port", "0"), ("Sample:Silence", "abc"), ("Sample:Keys:1:Key", "k"), ("Other:Folder", ""), ("Other:Foldr", "x"));
        Assert.Equal(
            ["Other:Folder", "Other:Foldr", "Sample:Keys:0:Owner", "Sample:Port", "Sample:Silence"],
            errors.Select(error => error.Key));
    }

    [Fact]
    public void Run_WithAWrongSecret_NeverShowsIt()
    {
        const string secret = "a password far too long for this";
        var errors = Errors(("Sample:Password", secret), ("Sample:Pasword", secret), ("Sample:Keys:0:Kye", secret), ("Sample:Keys:0:Owner", "ann"));
        Assert.Equal(3, errors.Count);
        Assert.DoesNotContain(errors, error => error.ToString().Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_WithAValidatorThatQuotesASecret_CutsItOut()
    {
        var error = Assert.Single(Errors(("Sample:Password", "refused")));
        Assert.Contains("The password (not shown) is not liked", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Value_WithoutACheckBefore_ThrowsTheSameErrors()
    {
        using var provider = Provider(("Sample:Port", "0"), ("Sample:Silence", "abc"), ("Sample:Zebra", "1"));
        var thrown = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<SampleOptions>>().Value);
        Assert.Equal(3, thrown.Failures.Count());
    }

    [Fact]
    public void Value_WithRightSettings_IsBound()
    {
        using var provider = Provider(("Sample:Port", "7"), ("Sample:Keys:0:Owner", "ann"), ("Sample:Limits:tiny", "3"));
        var options = provider.GetRequiredService<IOptions<SampleOptions>>().Value;
        Assert.Equal((7, "ann", 3), (options.Port, options.Keys.Single().Owner, options.Limits["tiny"]));
    }

    [Fact]
    public void ReadSettings_WithAWrongValue_KeepsItsDefaultAndTheOthers()
    {
        var options = Configuration(("Sample:Port", "abc"), ("Sample:Ratio", "0.25")).ReadSettings<SampleOptions>("Sample");
        Assert.Equal((5672, 0.25), (options.Port, options.Ratio));
    }

    [Fact]
    public void AddValidatedOptions_Twice_BindsListsOnce()
    {
        var services = new ServiceCollection();
        var configuration = Configuration(("Sample:Models:0", "tiny-chat"));
        services.AddValidatedOptions<SampleOptions>(configuration, "Sample").AddValidatedOptions<SampleOptions>(configuration, "Sample");
        using var provider = services.BuildServiceProvider();
        Assert.Equal(["tiny-chat"], provider.GetRequiredService<IOptions<SampleOptions>>().Value.Models);
    }

    private static IReadOnlyList<SettingsError> Errors(params (string Key, string Value)[] settings)
    {
        using var provider = Provider(settings);
        return provider.GetRequiredService<SettingsCheck>().Run();
    }

    private static ServiceProvider Provider(params (string Key, string Value)[] settings)
    {
        var configuration = Configuration(settings.Any(setting => setting.Key == "Other:Folder") ? settings : [.. settings, ("Other:Folder", "x")]);
        return new ServiceCollection()
            .AddValidatedOptions<SampleOptions>(configuration, SampleOptions.SectionName)
            .AddValidatedOptions<OtherOptions>(configuration, OtherOptions.SectionName)
            .BuildServiceProvider();
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
}
