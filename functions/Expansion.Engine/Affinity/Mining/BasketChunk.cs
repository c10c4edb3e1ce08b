namespace Expansion.Engine.Affinity.Mining;

/// <summary>
/// Whole baskets of two and more distinct items one after the other; the sign bit marks a basket's last item, which spares the offsets.
/// All chunks have the same room, so a place in any of them is one integer: chunk number and offset. Room that was never used costs no memory but an address.
/// </summary>
internal sealed class BasketChunk
{
    public const int OffsetBits = 20;
    public const int OffsetMask = Capacity - 1;
    public const int Capacity = 1 << OffsetBits;
    public const int MaxChunks = 1 << (31 - OffsetBits);
    public const int LastOfBasket = int.MinValue;
    public const int ItemMask = int.MaxValue;

    public int[] Items { get; } = GC.AllocateUninitializedArray<int>(Capacity + SmallSort.Lanes);

    public int Length { get; set; }
}
