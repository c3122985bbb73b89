namespace Koinon.State.Tries;

/// <summary>The compact form in which a trie's nodes write part of a path (yellow paper, appendix C).</summary>
public static class HexPrefix
{
    /// <summary>Encodes a path.</summary>
    /// <param name="nibbles">A value of 0 to 15 each.</param>
    /// <param name="isLeaf">Whether the path ends here.</param>
    public static byte[] Encode(ReadOnlySpan<byte> nibbles, bool isLeaf)
    {
        byte[] encoded = new byte[(nibbles.Length / 2) + 1];
        NodeEncoding.WriteHexPrefix(nibbles, isLeaf ? NodeEncoding.LeafFlag : (byte)0, encoded);
        return encoded;
    }
}
