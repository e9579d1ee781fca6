namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary><c>embd_normalize</c>: 0 scales to 16-bit integers by the largest value, 1 is taxicab, 2 Euclidean, any higher number that norm.</summary>
internal static class VectorNorms
{
    // As llama.cpp has it: a little under the largest 16-bit integer.
    private const double IntegerRange = 32760;

    public static IEnumerable<float> Normalise(float[] vector, int norm)
    {
        var length = norm switch
        {
            0 => vector.Max(Math.Abs) / IntegerRange,
            1 => vector.Sum(value => Math.Abs((double)value)),
            _ => Math.Pow(vector.Sum(value => Math.Pow(Math.Abs((double)value), norm)), 1.0 / norm),
        };
        return vector.Select(value => length > 0 ? (float)(value / length) : 0);
    }
}
