package inventory

/** What the Scala compiler is given to do in a storm. */
sealed trait Item { def name: String }
case class Part(name: String, price: BigDecimal = 1) extends Item
case class Kit(name: String, items: List[Item]) extends Item

trait Priced[A] { def total(a: A): BigDecimal }

object Priced {
  implicit val item: Priced[Item] = {
    case Part(_, price)  => price
    case Kit(_, items) => items.map(item.total).sum
  }

  implicit class Ops[A](private val a: A) extends AnyVal {
    def total(implicit priced: Priced[A]): BigDecimal = priced.total(a)
  }
}

class Stock {
  private val counts = scala.collection.mutable.Map.empty[String, Int].withDefaultValue(0)

  def apply(name: String): Int = counts(name)

  def update(name: String, count: Int): Unit = {
    require(count >= 0, s"$name: $count")
    counts(name) = count
  }

  lazy val snapshot: Map[String, Int] = counts.toMap
}

object Inventory {
  import Priced._

  def squares: LazyList[Int] = LazyList.from(1).map(i => i * i)

  def main(args: Array[String]): Unit = {
    val kit: Item = Kit("kit", (1 to 3).map(i => Part(s"part $i", i * 1.5)).toList)
    println(kit.total)
    val found = for {
      square <- squares.takeWhile(_ < 50)
      if square % 2 == 0
      name = f"$square%03d"
    } yield name
    println(found.mkString(", "))
    val both = try Right(new Stock()(kit.name)) catch { case e: Exception => Left(e.getMessage) }
    println(both.fold(identity, _ + 1))
  }
}
