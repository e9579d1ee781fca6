using LocalAI.Pipeline.Driving;

namespace LocalAI.Pipeline.TextFigures;

/// <summary>Runs the figures that are asked for.</summary>
internal static class Figures
{
    public static async Task RunAsync(BenchArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var names = arguments.All("figure");
        var rounds = arguments.Count("rounds", 9);
        var templates = arguments.Text("templates", Path.Combine("tests", "ChatTemplates.Tests", "Conformance", "families"));
        var target = arguments.Text("target");
        var apiKey = arguments.Text("api-key");
        var shape = LoadArguments.Shape(arguments);
        arguments.RefuseOthers();
        if (names.Count == 0)
        {
            throw new BenchException("give --figure schema, template, constrained or prefix, as often as you like");
        }

        foreach (var name in names)
        {
            switch (name)
            {
                case "schema":
                    await SchemaFigure.RunAsync(rounds, output);
                    break;
                case "template":
                    await TemplateFigure.RunAsync(templates, rounds, output, cancellationToken);
                    break;
                case "constrained" or "prefix":
                    await using (var server = new HttpTarget(target ?? throw new BenchException($"{name} needs --target, a server's base URL"), apiKey))
                    {
                        await (name == "prefix"
                            ? PrefixFigure.RunAsync(server, shape, rounds, output, cancellationToken)
                            : ConstrainedFigure.RunAsync(server, shape, rounds, output, cancellationToken));
                    }

                    break;
                default:
                    throw new BenchException($"there is no figure '{name}'");
            }

            await output.FlushAsync(cancellationToken);
        }
    }
}
