using System.Reflection;
using LocalAI.Pipeline.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Architecture.Tests.Deployment;

/// <summary>The options classes (those with a SectionName) that a process can have, and what they say to an environment.</summary>
internal static class OptionsOfAProcess
{
    /// <summary>Environment variables that name no setting of the process, or have a value that it refuses.</summary>
    public static IEnumerable<string> Errors(string project, IReadOnlyDictionary<string, string> environment)
    {
        var options = Of(project).ToList();
        var unknown = environment.Keys
            .Where(key => !options.Any(type => key.StartsWith(SectionOf(type)!.Replace(":", "__", StringComparison.Ordinal) + "__", StringComparison.OrdinalIgnoreCase)))
            .Select(key => $"{key} is no setting of {project}");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            environment.Select(entry => KeyValuePair.Create(entry.Key.Replace("__", ":", StringComparison.Ordinal), (string?)entry.Value))).Build();
        return unknown.Concat(options.SelectMany(type => ErrorsOf(type, configuration)));
    }

    public static IEnumerable<Type> Of(string project) =>
        Directions.Allowed[project].Append(project).Select(name => Assembly.Load($"LocalAI.Pipeline.{name}"))
            .SelectMany(assembly => assembly.GetTypes()).Where(type => SectionOf(type) is not null);

    private static string? SectionOf(Type type) =>
        type.GetField("SectionName", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static) is { IsLiteral: true } field
            ? (string?)field.GetRawConstantValue()
            : null;

    private static IEnumerable<string> ErrorsOf(Type type, IConfiguration configuration) =>
        (IEnumerable<string>)typeof(OptionsOfAProcess).GetMethod(nameof(ErrorsOfType), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).Invoke(null, [configuration])!;

    private static IEnumerable<string> ErrorsOfType<T>(IConfiguration configuration)
        where T : class, new()
    {
        using var provider = new ServiceCollection().AddValidatedOptions<T>(configuration, SectionOf(typeof(T))!).BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<T>>().Value;
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }
}
