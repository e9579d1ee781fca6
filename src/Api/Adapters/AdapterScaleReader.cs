using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Adapters;

/// <summary>Reads <c>[{"id": 0, "scale": 0.5}]</c>; an adapter that is not in it has the scale 0.</summary>
internal static class AdapterScaleReader
{
    // Beyond it weights are noise.
    private const float Most = 100;

    // A file with more adapters is nobody's.
    private const int MostAdapters = 256;

    /// <summary>The field <c>lora</c> of a request; null when it is not there.</summary>
    public static IReadOnlyList<AdapterScale>? Read(FieldReader fields) =>
        fields.Items("lora", MostAdapters) is { } items ? [.. items.Select(item => Read(item.Path, item.Value))] : null;

    /// <summary>A whole body.</summary>
    public static IReadOnlyList<AdapterScale> Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() > MostAdapters)
        {
            throw RequestErrors.Create("invalid_type", $"The body must be an array of at most {MostAdapters} objects with 'id' and 'scale', but is {FieldReader.Kind(root)}.");
        }

        return [.. root.EnumerateArray().Select((item, index) => Read($"[{index}]", item))];
    }

    /// <summary>The scale of each of the model's adapters.</summary>
    /// <param name="scales">What a request says.</param>
    /// <param name="adapters">How many the model has.</param>
    /// <param name="path">Of the field, for the error; empty for a body.</param>
    /// <exception cref="ApiException">It has no such adapter.</exception>
    public static IReadOnlyList<AdapterScale>? Complete(IReadOnlyList<AdapterScale>? scales, int adapters, string path)
    {
        if (scales is null)
        {
            return null;
        }

        var all = new float[adapters];
        for (var index = 0; index < scales.Count; index++)
        {
            var id = scales[index].Id;
            all[id < adapters ? id : throw RequestErrors.WrongValue($"{path}[{index}].id", $"is {id}, but the model has {adapters} adapters.")] = scales[index].Scale;
        }

        return [.. all.Select((scale, id) => new AdapterScale { Id = id, Scale = scale })];
    }

    private static AdapterScale Read(string path, JsonElement item)
    {
        var fields = new FieldReader(item, path);
        var scale = new AdapterScale
        {
            Id = fields.Integer("id", 0, int.MaxValue) ?? throw RequestErrors.Missing(fields.PathOf("id")),
            Scale = fields.Number("scale", -Most, Most) ?? throw RequestErrors.Missing(fields.PathOf("scale")),
        };
        fields.RefuseOthers();
        return scale;
    }
}
