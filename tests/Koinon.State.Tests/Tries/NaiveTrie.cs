using Koinon.Primitives;

namespace Koinon.State.Tests.Tries;

/// <summary>The trie of the yellow paper's appendix D written down word for word: slow, and obviously right.</summary>
internal static class NaiveTrie
{
    /// <summary>The root of a trie that holds these pairs.</summary>
    internal static Hash256 Root(IEnumerable<KeyValuePair<byte[], byte[]>> pairs)
    {
        Dictionary<string, KeyValuePair<byte[], byte[]>> byKey = [];
        foreach (KeyValuePair<byte[], byte[]> pair in pairs)
        {
            byKey[Convert.ToHexString(pair.Key)] = pair;
        }

        List<(byte[] Nibbles, byte[] Value)> items = [.. byKey.Values
            .Where(pair => pair.Value.Length > 0)
            .Select(pair => (Nibbles(pair.Key), pair.Value))];
        return Hash256.Keccak(items.Count == 0 ? [0x80] : Compose(items, 0));
    }

    // c(J, i) of the yellow paper.
    private static byte[] Compose(List<(byte[] Nibbles, byte[] Value)> items, int depth)
    {
        if (items.Count == 1)
        {
            return List(String(HexPrefix(items[0].Nibbles[depth..], true)), String(items[0].Value));
        }

        int parting = depth;
        while (items.All(item => item.Nibbles.Length > parting && item.Nibbles[parting] == items[0].Nibbles[parting]))
        {
            parting++;
        }

        if (parting > depth)
        {
            byte[] path = items[0].Nibbles[depth..parting];
            return List(String(HexPrefix(path, false)), Reference(items, parting));
        }

        List<byte[]> parts = [];
        for (int nibble = 0; nibble < 16; nibble++)
        {
            List<(byte[] Nibbles, byte[] Value)> below =
                [.. items.Where(item => item.Nibbles.Length > depth && item.Nibbles[depth] == nibble)];
            parts.Add(below.Count == 0 ? String([]) : Reference(below, depth + 1));
        }

        parts.Add(String(items.FirstOrDefault(item => item.Nibbles.Length == depth, ([], [])).Value));
        return List([.. parts]);
    }

    // n(J, i) of the yellow paper.
    private static byte[] Reference(List<(byte[] Nibbles, byte[] Value)> items, int depth)
    {
        byte[] node = Compose(items, depth);
        return node.Length < 32 ? node : String(Hash256.AsSpan(Hash256.Keccak(node)).ToArray());
    }

    private static byte[] Nibbles(byte[] key) => [.. key.SelectMany(b => new[] { (byte)(b >> 4), (byte)(b & 15) })];

    private static byte[] HexPrefix(byte[] nibbles, bool leaf)
    {
        List<byte> padded = nibbles.Length % 2 == 1 ? [(byte)(leaf ? 3 : 1)] : [(byte)(leaf ? 2 : 0), 0];
        padded.AddRange(nibbles);
        return [.. padded.Chunk(2).Select(pair => (byte)((16 * pair[0]) + pair[1]))];
    }

    internal static byte[] Number(UInt256 value) =>
        String([.. Hash256.AsSpan(Hash256.FromWord(value)).ToArray().SkipWhile(b => b == 0)]);

    internal static byte[] String(byte[] value) =>
        value.Length == 1 && value[0] < 0x80 ? value : [.. Header(0x80, value.Length), .. value];

    internal static byte[] List(params byte[][] items)
    {
        byte[] payload = [.. items.SelectMany(item => item)];
        return [.. Header(0xc0, payload.Length), .. payload];
    }

    private static byte[] Header(int offset, int length)
    {
        if (length <= 55)
        {
            return [(byte)(offset + length)];
        }

        byte[] bytes = [.. BitConverter.GetBytes(length).Reverse().SkipWhile(b => b == 0)];
        return [(byte)(offset + 55 + bytes.Length), .. bytes];
    }
}
