using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>Reads a whole folder: YAML files first, then the .gguf files that none of them names.</summary>
internal sealed partial class CatalogueReader(ModelFolder folder, ILogger logger)
{
    /// <summary>A model file with a long chat template has 20 KiB; this is far above, and harmless to read.</summary>
    public const int MaxFileBytes = 1 << 20;

    /// <summary>More than any fleet serves from one folder; each costs memory and queues.</summary>
    public const int MaxFiles = 1000;

    public Catalogue Read()
    {
        var readings = Files("*.yaml").Concat(Files("*.yml")).Order(StringComparer.Ordinal).Take(MaxFiles).Select(ReadYaml).ToList();
        var used = readings.SelectMany(reading => reading.UsedFiles).ToHashSet(StringComparer.Ordinal);
        readings.AddRange(Files("*.gguf").Where(file => !used.Contains(file)).Where(IsModel).Take(MaxFiles - readings.Count).Select(ReadGguf));
        var kept = Unique(readings);
        Report(kept);
        return new Catalogue(
            folder.FullPath,
            [.. kept.Select(reading => reading.Model).OfType<ModelDefinition>().OrderBy(model => model.Name, StringComparer.Ordinal)],
            [.. kept.Where(reading => reading.Model is null).Select(Broken).OrderBy(broken => broken.Name, StringComparer.Ordinal)]);
    }

    private List<string> Files(string pattern)
    {
        var files = Directory.EnumerateFiles(folder.FullPath, pattern, new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive })
            .Where(file => !Path.GetFileName(file).StartsWith('.'))
            .Order(StringComparer.Ordinal).Take(MaxFiles + 1).ToList();
        if (files.Count > MaxFiles)
        {
            CatalogueLog.TooMany(logger, folder.FullPath, MaxFiles, folder.Relative(files[MaxFiles]));
        }

        return files;
    }

    private ModelReading ReadYaml(string file)
    {
        var source = folder.Relative(file);
        if (folder.Resolve(source).Refusal is { } refusal)
        {
            return Failed(source, $"the file {refusal}");
        }

        try
        {
            var length = new FileInfo(file).Length;
            return length > MaxFileBytes
                ? Failed(source, $"the file has {length} bytes; at most {MaxFileBytes} are read")
                : new ModelFileReader(folder, source).Read(StrictText.GetString(File.ReadAllBytes(file)).TrimStart('\uFEFF'));
        }
        catch (DecoderFallbackException exception)
        {
            return Failed(source, $"the file is not UTF-8: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failed(source, $"the file cannot be read: {exception.Message}");
        }
    }

    private ModelReading ReadGguf(string file)
    {
        var source = folder.Relative(file);
        var name = PartEnding().Replace(Path.GetFileNameWithoutExtension(file), "");
        if (folder.Resolve(source).Refusal is { } refusal)
        {
            return Failed(source, $"the file {refusal}");
        }

        return new ModelReading
        {
            Name = name,
            Source = source,
            Model = new ModelDefinition
            {
                Name = name,
                Model = source,
                ModelFile = file,
                Source = source,
                Templates = new TemplateSettings { UseTokenizerTemplate = true },
            },
        };
    }

    /// <summary>Later parts of a split model and projectors are loaded with a model, not as one.</summary>
    private static bool IsModel(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var part = PartEnding().Match(name);
        return !name.StartsWith("mmproj", StringComparison.OrdinalIgnoreCase) && (!part.Success || part.Groups[1].Value == "00001");
    }

    /// <summary>Of two models with one name the first file's wins; an alias gives way to a name and to an earlier alias.</summary>
    private static List<ModelReading> Unique(List<ModelReading> readings)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var kept = new List<ModelReading>();
        foreach (var reading in readings)
        {
            kept.Add(reading.Model is null || names.TryAdd(reading.Name, reading.Source)
                ? reading
                : reading with { Model = null, Mistakes = [new ModelMistake(0, $"the name {reading.Name} is already that of {names[reading.Name]}")] });
        }

        return [.. kept.Select(reading => WithFreeAliases(reading, names))];
    }

    private static ModelReading WithFreeAliases(ModelReading reading, Dictionary<string, string> names)
    {
        if (reading.Model is not { Aliases.Count: > 0 } model)
        {
            return reading;
        }

        var free = new List<string>();
        var warnings = reading.Warnings.ToList();
        foreach (var alias in model.Aliases)
        {
            if (names.TryAdd(alias, reading.Source))
            {
                free.Add(alias);
            }
            else
            {
                warnings.Add(new ModelMistake(0, $"the alias {alias} is ignored: it is already a name or an alias in {names[alias]}"));
            }
        }

        return reading with { Model = model with { Aliases = free }, Warnings = warnings };
    }

    private void Report(List<ModelReading> readings)
    {
        foreach (var reading in readings)
        {
            foreach (var mistake in reading.Mistakes)
            {
                CatalogueLog.Broken(logger, reading.Name, reading.Source, mistake);
            }

            foreach (var warning in reading.Warnings)
            {
                CatalogueLog.Questionable(logger, reading.Name, reading.Source, warning);
            }
        }

        var names = readings.Select(reading => reading.Model?.Name).OfType<string>().ToList();
        CatalogueLog.Loaded(logger, names.Count, folder.FullPath, string.Join(", ", names));
    }

    private static ModelReading Failed(string source, string reason) => new()
    {
        Name = Path.GetFileNameWithoutExtension(source),
        Source = source,
        Mistakes = [new ModelMistake(0, reason)],
    };

    private static BrokenModel Broken(ModelReading reading) => new()
    {
        Name = reading.Name,
        File = reading.Source,
        Mistakes = reading.Mistakes,
    };

    private static UTF8Encoding StrictText { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [GeneratedRegex(@"-(\d{5})-of-\d{5}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PartEnding();
}
