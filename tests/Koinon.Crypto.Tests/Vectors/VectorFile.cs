using System.Text.Json;

namespace Koinon.Crypto.Tests.Vectors;

/// <summary>A file of vectors beside this one: named lists of records with hexadecimal members.</summary>
internal static class VectorFile
{
    /// <summary>The records of one list of a file.</summary>
    internal static IEnumerable<JsonElement> Read(string file, string list)
    {
        using Stream stream = typeof(VectorFile).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"No vectors named {file} are embedded.");
        using JsonDocument document = JsonDocument.Parse(stream);
        JsonElement records = document.RootElement.GetProperty(list).Clone();
        Assert.NotEqual(0, records.GetArrayLength());
        return records.EnumerateArray();
    }

    /// <summary>A member of a record as bytes.</summary>
    internal static byte[] Bytes(this JsonElement record, string member) =>
        Convert.FromHexString(record.GetProperty(member).GetString()!);
}
