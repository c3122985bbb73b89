using System.Text.Json;

namespace Koinon.Abi.Tests.Vectors;

/// <summary>A file of vectors beside this one: a list of records.</summary>
internal static class VectorFile
{
    /// <summary>The records of a file.</summary>
    internal static IEnumerable<JsonElement> Read(string file)
    {
        using Stream stream = typeof(VectorFile).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"No vectors named {file} are embedded.");
        using JsonDocument document = JsonDocument.Parse(stream);
        JsonElement records = document.RootElement.Clone();
        Assert.NotEqual(0, records.GetArrayLength());
        return records.EnumerateArray();
    }
}
