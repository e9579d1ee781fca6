using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Embeddings;

/// <summary><c>dimensions</c>: the first so many numbers of a vector, as a vector of length 1 again.</summary>
internal static class VectorLength
{
    // Over any model's; what a model has is checked when its vectors are there.
    public const int Most = 1 << 20;

    /// <summary>Models that are trained for it put the most important numbers first (Matryoshka representations, arXiv 2205.13147).</summary>
    /// <exception cref="ApiException">The vector has not so many.</exception>
    public static float[] Shortened(float[] vector, int? dimensions)
    {
        if (dimensions is not { } count || count == vector.Length)
        {
            return vector;
        }

        if (count > vector.Length)
        {
            throw RequestErrors.WrongValue("dimensions", $"is {count}, but this model's vectors have {vector.Length}.");
        }

        var shortened = vector[..count];
        var length = Math.Sqrt(shortened.Sum(value => (double)value * value));
        for (var i = 0; i < shortened.Length && length > 0; i++)
        {
            shortened[i] = (float)(shortened[i] / length);
        }

        return shortened;
    }
}
